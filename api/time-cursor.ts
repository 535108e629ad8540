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
  const [, time, id] = /^(\d+)\|(.+)$/.exec(cursor) ?? [];
  if (time === undefined) {
    throw new VoronkaError('VALIDATION_FAILED', 'query.cursor: give the `next` of the page before');
  }
  const at = new Date(Number(time));
  return { $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] };
}
