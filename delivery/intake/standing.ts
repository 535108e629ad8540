import type { Library } from '../../engine/library.ts';
import type { DomainEvent } from '../../engine/model/event.ts';
import { classChange, scoreEvent, total } from '../../engine/scoring/score.ts';
import { isMember, stats } from '../../engine/segments/segment.ts';
import { contactView } from '../../store/contacts.ts';
import { noteIn } from './failed-conditions.ts';
import { follows, type Happening } from './happening.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';

/** Enters into the score ledger what an event is worth. */
export function enterPoints(person: Person, event: DomainEvent, { scoring, calendars }: Library, ledger: Ledger): void {
  if (scoring === undefined) return;
  const contactId = person.doc._id;
  const tell = noteIn(ledger, person, `scoring/${scoring.key}`, event.occurredAt);
  for (const entry of scoreEvent(scoring, person.entries, contactView(person.doc), event, calendars, tell)) {
    person.entries.push(entry);
    const { id, at, ...rest } = entry;
    ledger.scores.push({ _id: id, contactId, ...rest, at: new Date(at) });
  }
}

export interface Reviewed {
  /** Changes of class and membership, as events to be applied next. */
  happenings: Happening[];
  /** Whether the score is another one than before, be it in the same class. */
  scoreChanged: boolean;
}

/** Looks anew at a contact's score and segments as they are at `now`. `depth`: of the events that follow. */
export function review(person: Person, library: Library, ledger: Ledger, now: number, depth: number): Reviewed {
  const happenings: Happening[] = [];
  const scoreChanged = reviewScore(person, library, ledger, now, depth, happenings);
  reviewSegments(person, library, ledger, now, depth, happenings);
  return { happenings, scoreChanged };
}

function reviewScore(
  person: Person,
  { scoring, calendars }: Library,
  ledger: Ledger,
  now: number,
  depth: number,
  happenings: Happening[],
): boolean {
  if (scoring === undefined) return false;
  const { doc, entries } = person;
  const before = doc.score;
  const tell = noteIn(ledger, person, `scoring/${scoring.key}`, now);
  const after = total(scoring, entries, contactView(doc), now, calendars, tell);
  if (before.fit === after.fit && before.engagement === after.engagement && before.total === after.total) {
    if (before.class === after.class) return false;
  }
  doc.score = after;
  const change = classChange(before, after);
  if (change) happenings.push(follows('score.class-changed', { ...change, total: after.total }, depth));
  return true;
}

function reviewSegments(
  person: Person,
  { segments, calendars }: Library,
  ledger: Ledger,
  now: number,
  depth: number,
  happenings: Happening[],
): void {
  const { doc, history } = person;
  const view = contactView(doc);
  for (const segment of Object.values(segments)) {
    if (segment.when === undefined) continue;
    const was = view.segments.includes(segment.key);
    const tell = noteIn(ledger, person, `segment/${segment.key}`, now);
    const is = isMember(segment, view, stats(segment, history, now), now, calendars, tell);
    if (was === is) continue;
    doc.segments = is ? [...doc.segments, segment.key] : doc.segments.filter((key) => key !== segment.key);
    happenings.push(follows(is ? 'segment.entered' : 'segment.left', { segment: segment.key }, depth));
  }
}
