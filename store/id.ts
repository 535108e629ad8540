import { Types } from 'mongoose';

/** A new id: 24 hex digits that sort by the time of their making. */
export function newId(): string {
  return new Types.ObjectId().toHexString();
}
