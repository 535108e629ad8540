import { intakeDoc } from '../delivery/intake/items.ts';
import { alikeText } from '../store/intake.ts';
import type { StoredIntake } from '../store/models/intake.ts';

/** Characters of the longest text that several events share. */
const longestRun = 1_000_000;

/** A document to be stored, and who waits for it. */
interface WaitingDoc {
  doc: StoredIntake;
  /** `false`: one with the same key is there already. */
  resolve: (stored: boolean) => void;
  reject: (error: unknown) => void;
}

/** An event that came alone in its request, and may be stored together with others that did. */
interface WaitingEvent {
  /** New: its document's, should it be the first in it. */
  id: string;
  /** JSON. */
  body: string;
  /** Virtual epoch ms of its acceptance. */
  at: number;
  /** Gets the id under which it is stored. */
  resolve: (id: string) => void;
  reject: (error: unknown) => void;
}

export type Waiting = WaitingDoc | WaitingEvent;

/**
 * The documents to be stored: events that came one after another share one, because a document costs the store far more
 * than an event in it. It has the id of its first event and the time of its last, so that documents sort as what is in
 * them came, and no event before one that was answered earlier, whichever process took it in.
 */
export function documentsOf(waiting: readonly Waiting[]): WaitingDoc[] {
  const docs: WaitingDoc[] = [];
  let run: WaitingEvent[] = [];
  let length = 0;
  const endRun = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first !== undefined && last !== undefined) docs.push(together(run, first.id, last.at));
    run = [];
    length = 0;
  };
  for (const one of waiting) {
    if ('doc' in one) {
      endRun();
      docs.push(one);
      continue;
    }
    if (length + one.body.length > longestRun) endRun();
    run.push(one);
    length += one.body.length;
  }
  endRun();
  return docs;
}

function together(run: readonly WaitingEvent[], id: string, at: number): WaitingDoc {
  const bodies = run.map(({ body }) => body);
  return {
    doc: { ...intakeDoc(id, [], at), items: alikeText('event', 'api', bodies) },
    resolve: () => {
      for (const [n, { resolve }] of run.entries()) resolve(`${id}.${n}`);
    },
    reject: (error) => {
      for (const { reject } of run) reject(error);
    },
  };
}
