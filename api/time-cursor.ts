import { VoronkaError } from '../engine/errors/error.ts';

/** Cursors of lists that are read from new to old and whose ids do not sort by time: the time and the id of a page's last row. */
export function timeCursor(at: Date, id: string): string {
  return `${at.getTime()}|${id}`;
}

/**
 * The part of a filter that leaves out the pages before.
 * @param field that holds the time by which the list is sorted
 * @throws VoronkaError VALIDATION_FAILED for what is no cursor of ours
 */
export function beforeCursor(field: string, cursor: string | undefined): object {
  if (cursor === undefined) return {};
  const { at, id } = readTimeCursor(cursor);
  return { $or: [{ [field]: { $lt: new Date(at) } }, { [field]: new Date(at), _id: { $lt: id } }] };
}

/**
 * The place that a cursor means, `at` in epoch ms.
 * @throws VoronkaError VALIDATION_FAILED for what is no cursor of ours
 */
export function readTimeCursor(cursor: string): { at: number; id: string } {
  const [, time, id] = /^(-?\d{1,16})\|(.+)$/.exec(cursor) ?? [];
  if (time === undefined || id === undefined) {
    throw new VoronkaError('VALIDATION_FAILED', 'query.cursor: give the `next` of the page before');
  }
  return { at: Number(time), id };
}
