import type { Model } from 'mongoose';

/** Something that waits for a time to come. */
export interface Waiting {
  _id: string;
  /** When it is to be looked at next. */
  attentionAt?: Date;
  updatedAt: Date;
}

export type DueMark = Required<Waiting>;

/** Reads what is due in a collection. @param now virtual epoch ms @returns so many that sort after one */
export async function dueIn<D extends Waiting>(
  collection: Model<D>,
  now: number,
  after: string,
  limit: number,
): Promise<DueMark[]> {
  return await collection
    .find({ attentionAt: { $lte: new Date(now) }, _id: { $gt: after } }, { attentionAt: 1, updatedAt: 1 })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<DueMark[]>();
}
