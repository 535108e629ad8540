import type { Library } from '../../engine/library.ts';
import { type Channel, channels } from '../../engine/model/contact.ts';
import type { IntakeKind } from '../../store/models/intake.ts';
import type { ContactRecordDoc } from '../../store/models/record.ts';
import { applyDocument } from './approvals/documents.ts';
import { applyApproval } from './approvals/kind.ts';
import { arrival, changed } from './arrival.ts';
import type { Books } from './books.ts';
import type { Crowd } from './crowd.ts';
import { applyDeal, enrolledDeal } from './deals/kind.ts';
import { fieldsOf, mergeLead, setFields, takeArms } from './fields.ts';
import { follows, type Happening, main } from './happening.ts';
import type { Bodies } from './items.ts';
import type { Ledger } from './ledger.ts';
import type { Person } from './person.ts';
import { ItemProblem } from './problem.ts';
import { resolve } from './resolve.ts';
import { applyTask } from './tasks/kind.ts';
import { applyTicket, enrolled } from './tickets/kind.ts';
import { unmerge } from './unmerge.ts';

/** What applying an item may use. */
export interface Desk extends Books {
  crowd: Crowd;
  ledger: Ledger;
  library: Library;
  /** Id of the item, and virtual epoch ms of its acceptance. */
  id: string;
  at: number;
  /** Virtual epoch ms at which it happened: not after `at` by more than clocks differ. */
  occurredAt: number;
}

/** Whom an item concerned and what happened, in order. */
export interface Applied {
  person: Person;
  happenings: Happening[];
  /** What happened to another contact by it. */
  also?: Applied;
}

type Apply<K extends IntakeKind> = (body: Bodies[K], desk: Desk) => Applied | null;

/** How each kind of item changes its contact; null: not at all. Each throws ItemProblem for what cannot be applied. */
export const kinds: { [K in IntakeKind]: Apply<K> } = {
  lead(body, desk) {
    const resolved = resolve(desk.crowd, body, desk.at);
    const { person, created } = resolved;
    if (created) person.doc.language = desk.library.policy.company.language;
    resolved.changes.push(...mergeLead(desk.crowd, person, body, desk.at));
    const happenings = arrival(resolved, desk.ledger);
    for (const channel of channels) {
      const value = body.consent?.[channel];
      if (value === undefined) continue;
      const given = {
        channel,
        value,
        by: body.form ? `form:${body.form.key}` : 'lead',
        text: body.consentText?.[channel],
      };
      happenings.push(...consent(person, given, desk).map(({ name, data }) => follows(name, data)));
    }
    const data = { ...body.data, ...(body.form && { form: body.form.key }) };
    if (body.form && created) happenings.push(follows('lead.created', data));
    happenings.push(main(body.form?.event ?? 'lead.created', data));
    return { person, happenings };
  },

  event(body, desk) {
    const resolved = resolve(desk.crowd, body, desk.at);
    const { person, created } = resolved;
    if (created) person.doc.language = desk.library.policy.company.language;
    if (body.contact) resolved.changes.push(...setFields(desk.crowd, person, body.contact, desk.at));
    const more = body.message === undefined ? {} : { message: body.message };
    return { person, happenings: [...arrival(resolved, desk.ledger), main(body.event, body.data, more)] };
  },

  enrol(body, desk) {
    const { person } = resolve(desk.crowd, body, desk.at);
    const { process, by } = body;
    const subject = { ...enrolled(body, person, desk), ...enrolledDeal(body.dealId, person, desk) };
    const data = { ...body.data, process, by, ...subject };
    return { person, happenings: [main('process.enrolled', data, { enrol: { process, ...subject } })] };
  },

  change(body, desk) {
    const { person } = resolve(desk.crowd, body, desk.at);
    const set = takeArms(desk.crowd, person, body.set);
    const changes = setFields(desk.crowd, person, fieldsOf(set), desk.at);
    return { person, happenings: changes.length === 0 ? [] : [main('contact.changed', changed(changes))] };
  },

  score(body, desk) {
    const { person } = resolve(desk.crowd, body, desk.at);
    const { axis, points, reason } = body;
    desk.crowd.touch(person);
    const entry = { axis, rule: '', points, reason };
    person.entries.push({ id: desk.id, ...entry, at: desk.at });
    desk.ledger.scores.push({ _id: desk.id, contactId: person.doc._id, ...entry, at: new Date(desk.at) });
    return { person, happenings: [main('score.adjusted', { axis, points, reason })] };
  },

  segment(body, desk) {
    const { person } = resolve(desk.crowd, body, desk.at);
    const { segment, change } = body;
    const definition = desk.library.segments[segment];
    if (definition === undefined)
      throw new ItemProblem('DEFINITION_NOT_FOUND', `segment: there is no segment ${segment}`);
    if (definition.when !== undefined) {
      throw new ItemProblem(
        'CONFLICT',
        `segment: the members of ${segment} follow from its condition and cannot be set`,
      );
    }
    if (person.doc.segments.includes(segment) === (change === 'add')) return { person, happenings: [] };
    desk.crowd.touch(person);
    const others = person.doc.segments.filter((one) => one !== segment);
    person.doc.segments = change === 'add' ? [...others, segment] : others;
    return { person, happenings: [main(`segment.${change === 'add' ? 'entered' : 'left'}`, { segment })] };
  },

  consent(body, desk) {
    const { person } = resolve(desk.crowd, body, desk.at);
    return { person, happenings: consent(person, body, desk) };
  },

  suppression(body, desk) {
    const { person } = resolve(desk.crowd, body, desk.at);
    const { channel, reason, by } = body;
    if ((person.doc.suppressed[channel] ?? null) === reason) return { person, happenings: [] };
    desk.crowd.touch(person);
    const { [channel]: _, ...rest } = person.doc.suppressed;
    person.doc.suppressed = reason === null ? rest : { ...rest, [channel]: reason };
    desk.ledger.records.push(record('suppression', `${desk.id}/${channel}`, person, { channel, reason, by }, desk));
    const name = reason === null ? 'contact.unsuppressed' : 'contact.suppressed';
    return { person, happenings: [main(name, { channel, ...(reason && { reason }), by }, messageOf(body))] };
  },

  unmerge,

  review(body, desk) {
    return { person: resolve(desk.crowd, body, desk.at).person, happenings: [] };
  },

  ticket: applyTicket,

  deal: applyDeal,

  task: applyTask,

  approval: applyApproval,

  document: applyDocument,

  steps({ definition, subject, event, data, ...who }, desk) {
    const { person } = resolve(desk.crowd, who, desk.at);
    return { person, happenings: [main(event, data, { steps: { definition, subject } })] };
  },
};

interface Given {
  channel: Channel;
  value: 'granted' | 'withdrawn';
  by: string;
  text?: string | undefined;
  message?: string | undefined;
}

/** Keeps every consent in its ledger, also one that changes nothing: it is a proof. */
function consent(person: Person, { channel, value, by, text, message }: Given, desk: Desk): Happening[] {
  desk.crowd.touch(person);
  const detail = { channel, value, by, ...(text !== undefined && { text }) };
  desk.ledger.records.push(record('consent', `${desk.id}/${channel}`, person, detail, desk));
  if (person.doc.consent[channel] === value) return [];
  person.doc.consent = { ...person.doc.consent, [channel]: value };
  const name = value === 'granted' ? 'contact.subscribed' : 'contact.unsubscribed';
  return [main(name, { channel, by }, messageOf({ message }))];
}

function messageOf({ message }: { message?: string | undefined }): { message?: string } {
  return message === undefined ? {} : { message };
}

function record(
  kind: ContactRecordDoc['kind'],
  id: string,
  person: Person,
  detail: ContactRecordDoc['detail'],
  { at }: Desk,
): ContactRecordDoc {
  return { _id: `${kind}/${id}`, contactId: person.doc._id, kind, detail, at: new Date(at) };
}
