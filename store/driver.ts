import type mongoose from 'mongoose';

/** What a model has of its own: the connection and the name of its collection. */
export type Place = Pick<mongoose.Model<unknown>, 'db' | 'collection'>;

/**
 * A model's collection past mongoose, for much at a time: it is plain data of our own making, and casting it costs more
 * than writing or reading it. To be written with `ignoreUndefined`, as mongoose does.
 */
export function collectionOf<T extends object>({ db, collection }: Place): mongoose.mongo.Collection<T> {
  return db.collection<T>(collection.collectionName);
}

/** Inserts documents, each whatever becomes of the others. @throws MongoBulkWriteError naming those that were refused */
export async function insertAll<T extends { _id: string }>(
  into: Place,
  docs: readonly T[],
  session?: mongoose.ClientSession,
): Promise<void> {
  if (docs.length === 0) return;
  const options = { ordered: false, ignoreUndefined: true, ...(session && { session }) };
  await collectionOf<{ _id: string }>(into).insertMany(docs, options);
}
