import type { Clock } from '../../config/clock.ts';
import { lastSeq } from '../../store/events.ts';
import type { Lease } from '../../store/leases.ts';
import type { IntakeDoc, IntakeItem } from '../../store/models/intake.ts';
import type { LiveLibrary } from '../library.ts';
import { applyItem, type Bench, type Parsed, parseItem } from './apply.ts';
import { attempt, openBooks, readNamed } from './books.ts';
import { emptyLedger, mark } from './ledger.ts';
import { loadCrowd, type Wanted } from './load.ts';
import { ItemProblem } from './problem.ts';
import { want } from './resolve.ts';
import { type Progress, writeBatch } from './write.ts';

/** Consecutive items of one document that are applied in one go. */
export interface Slice {
  doc: IntakeDoc;
  from: number;
  to: number;
}

export interface BatchDeps {
  library: LiveLibrary;
  clock: Clock;
}

/** What came out of a batch that others should hear of. */
export interface BatchResult {
  /** New instances and deliveries. */
  work: number;
  /** New messages in the outbox. */
  mail: number;
}

/**
 * Applies slices in order and writes everything in one transaction. An item that cannot be applied leaves no trace but
 * its problem.
 * @throws whatever the store refused: nothing is written then
 */
export async function applyBatch(
  slices: readonly Slice[],
  { library, clock }: BatchDeps,
  lease: Lease,
): Promise<BatchResult> {
  const problems = new Map<Slice, IntakeDoc['problems']>(slices.map((slice) => [slice, []]));
  const items = slices.flatMap((slice) =>
    slice.doc.items.slice(slice.from, slice.to).flatMap((item) => {
      const parsed = parseOrNote(item, problems.get(slice) ?? []);
      return parsed ? [{ parsed, slice }] : [];
    }),
  );
  const wanted: Wanted = { ids: new Set(), emails: new Set(), phones: new Set(), absorbed: new Set() };
  for (const { parsed } of items) wantAll(wanted, parsed);
  const all = items.map(({ parsed }) => parsed);
  const named = await readNamed(all);
  for (const id of named.contactIds) wanted.ids.add(id);
  const live = await library.read();
  const now = Math.max(...slices.map(({ doc }) => doc.receivedAt.getTime()));
  const crowd = await loadCrowd(wanted, live.library, now);
  const running = crowd.people.flatMap(({ seats }) => seats.filter(({ status }) => status !== 'ended'));
  await library.load(running.map(({ definition }) => definition.hash));
  const books = await openBooks(all, named, crowd, live.library.pipelines);
  const numbering = { last: await lastSeq() };
  const bench: Bench = {
    crowd,
    books,
    ledger: emptyLedger(),
    live,
    numbering,
    processOf: (ref) => library.processOf(ref),
  };
  for (const { parsed, slice } of items.toSorted((a, b) => Number(isLook(a.parsed)) - Number(isLook(b.parsed))))
    applyOrNote(parsed, slice.doc.receivedAt.getTime(), bench, problems.get(slice) ?? []);
  const progress = slices.map(
    (slice): Progress => ({ doc: slice.doc, applied: slice.to, problems: problems.get(slice) ?? [] }),
  );
  const changed = { people: crowd.people, books, lastSeq: numbering.last, now: clock.now() };
  await writeBatch(changed, bench.ledger, progress, lease);
  // The other half of a divided document counts these too.
  for (const { doc, problems: found } of progress) doc.problems.push(...found);
  const { instances, deliveries, messages } = bench.ledger;
  return { work: instances.length + deliveries.length, mail: messages.length };
}

/** What only time asks for gives way to what people do in the same moment: their decision wins over the timer. */
function isLook({ body }: Parsed): boolean {
  return 'do' in body && body.do === 'attend';
}

/** The contact of an item, and whoever has the address that a change wants. */
function wantAll(wanted: Wanted, item: Parsed): void {
  // What is done to something that is known names no contact: that does.
  if (item.kind === 'ticket') {
    if ('channel' in item.body) want(wanted, item.body);
  } else if (item.kind === 'deal' || item.kind === 'task') {
    if (item.body.do === 'open') want(wanted, item.body);
  } else if (item.kind !== 'approval' && item.kind !== 'document') want(wanted, item.body);
  if (item.kind !== 'change') return;
  for (const [field, value] of Object.entries(item.body.set)) {
    if (typeof value !== 'string') continue;
    if (field.endsWith('email')) want(wanted, { email: value });
    if (field.endsWith('phone')) want(wanted, { phone: value });
  }
}

function parseOrNote(item: IntakeItem, problems: IntakeDoc['problems']): Parsed | null {
  try {
    return parseItem(item);
  } catch (error) {
    problems.push(problemOf(item.id, error));
    return null;
  }
}

function applyOrNote(item: Parsed, at: number, bench: Bench, problems: IntakeDoc['problems']): void {
  const undo = mark(bench.ledger);
  const { length } = bench.ledger.events;
  try {
    bench.crowd.attempt(() => attempt(bench.books, () => applyItem(item, at, bench)));
    for (const { name, data } of bench.ledger.events.slice(length)) {
      if (name !== 'money.problem') continue;
      problems.push({ item: item.id, code: String(data.code), message: String(data.message), kept: true });
    }
  } catch (error) {
    undo();
    problems.push(problemOf(item.id, error));
  }
}

export function problemOf(item: string, error: unknown): IntakeDoc['problems'][number] {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ItemProblem)) return { item, code: 'INTERNAL', message };
  return { item, code: error.code, message, ...(error.details && { details: error.details }) };
}
