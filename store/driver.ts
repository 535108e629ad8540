import type mongoose from 'mongoose';

/** What a model has of its own: the connection and the name of its collection. */
export type Place = Pick<mongoose.Model<unknown>, 'db' | 'collection'>;

/**
 * A model's collection past mongoose, for writing in bulk: it is plain data of our own making, and casting it costs more
 * than writing it. To be called with `ignoreUndefined`, as mongoose does.
 */
export function collectionOf<T extends object>({ db, collection }: Place): mongoose.mongo.Collection<T> {
  return db.collection<T>(collection.collectionName);
}
