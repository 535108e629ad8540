import { totalsOf } from '../documents/totals.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Library } from '../library.ts';
import type { Channel, ContactView } from '../model/contact.ts';
import { dealJson } from '../model/deal.ts';
import type { Effect, EffectItems, EffectOf } from '../model/effects.ts';
import type { EffectResult } from '../model/event.ts';
import { taskJson } from '../model/task.ts';
import { type TicketView, ticketJson } from '../model/ticket.ts';
import { gate, type SentRecord } from '../policy/gate.ts';
import type { Scenario } from '../schema/process.ts';
import { fieldsBySubject } from '../steps/update-record.ts';
import { durationMs } from '../time/duration.ts';
import { Approvals } from './approvals.ts';
import { GhostDeal } from './deal.ts';
import { setFields } from './fields.ts';
import { Staff } from './staff.ts';
import { type SimulatedTask, taskOf, tellTask } from './task.ts';
import { ghostTicket, setTicketFields } from './ticket.ts';

export interface SimulatedMessage {
  template: string;
  channel: Channel;
  at: number;
  step: string;
  key: string;
  /** What its template may read beside the contact. */
  data: EffectItems['send-message']['data'];
}

/** Something that an effect changed, which the instance may hear of. */
export interface Consequence {
  name: string;
  data: JsonObject;
}

/** What an effect answered, and the events that follow from it. */
export interface Performed {
  result: EffectResult;
  follows: Consequence[];
}

/** Whom a simulated journey is about. */
interface Cast {
  contact: ContactView;
  ticket?: TicketView | undefined;
  deal?: GhostDeal | undefined;
}

/** All that a simulated journey touches, in memory. */
export class World {
  contact: ContactView;
  /** Where a ticket goes through the process. */
  ticket: TicketView | undefined;
  /** Where a deal does. */
  readonly deal: GhostDeal | undefined;
  readonly messages: SimulatedMessage[] = [];
  readonly tasks: SimulatedTask[] = [];
  readonly approvals: Approvals;
  readonly #library: Library;
  readonly #sent: SentRecord[];
  readonly #staff: Staff;
  readonly #http: Scenario['given']['http'];
  #opened = 0;
  readonly #problems: string[] = [];
  readonly #documents: JsonObject[] = [];

  constructor(library: Library, given: Scenario['given'], { contact, ticket, deal }: Cast, start: number) {
    this.contact = contact;
    this.ticket = ticket;
    this.deal = deal;
    this.#library = library;
    this.#staff = new Staff(given.users, library, start);
    this.approvals = new Approvals(this.#staff.people, library);
    this.#http = given.http;
    this.#sent = given.sent.map(({ channel, ago, purpose }, index) => {
      return { key: `before/${index}`, at: start - durationMs(ago), channel, purpose };
    });
  }

  /** Changes the contact. @returns the events that follow. */
  change(set: Record<string, Json>): Consequence[] {
    const { contact, changes } = setFields(this.contact, set);
    this.contact = contact;
    return changes.length === 0 ? [] : [{ name: 'contact.changed', data: { changes } }];
  }

  /** Changes the ticket; a value that no ticket can have is a problem. @returns the events that follow. */
  changeTicket(set: Record<string, Json>): Consequence[] {
    if (this.ticket === undefined) return [];
    const before = this.ticket.status;
    const { ticket, changes, problems } = setTicketFields(this.ticket, set);
    this.#problems.push(...problems);
    this.ticket = ticket;
    if (changes.length === 0) return [];
    const { status } = ticket;
    const ended = status !== before && (status === 'resolved' || status === 'closed');
    return [{ name: 'ticket.changed', data: { changes } }, ...(ended ? [{ name: `ticket.${status}`, data: {} }] : [])];
  }

  /** What an event of a scenario is about: the latest task, or else the latest message, of a step. */
  tied(name: string, data: JsonObject, step: string, at: number): { data: JsonObject; message?: string } {
    if (name.startsWith('task.')) return { data: this.#tellTask(name, data, step, at) };
    const message = this.messages.findLast((one) => one.step === step);
    if (message !== undefined) return { data, message: message.key };
    this.#problems.push(`${name} is about a message of step "${step}", which had not sent one`);
    return { data };
  }

  #tellTask(name: string, data: JsonObject, step: string, at: number): JsonObject {
    const task = this.tasks.findLast((one) => one.step === step);
    const told = task
      ? tellTask(task, name, data, at)
      : `${name} is about a task of step "${step}", which had not made one`;
    if (typeof told !== 'string') return told;
    this.#problems.push(told);
    return data;
  }

  get problems(): string[] {
    return [...this.#problems, ...this.approvals.problems];
  }

  get openTasks(): number {
    return this.tasks.filter(({ view }) => view.status === 'open').length;
  }

  /** Does what an effect asks for. @returns its answer, and the events that follow from it. */
  perform(effect: Effect, at: number): Performed {
    const step = effect.key.split('/')[1] ?? '';
    switch (effect.name) {
      case 'update-record': {
        const { own, contact } = fieldsBySubject(effect.item.subject.kind, effect.item.set);
        const changes = this.deal?.set(own, at) ?? this.changeTicket(own);
        return { result: {}, follows: [...changes, ...this.change(contact)] };
      }
      case 'adjust-score':
        return { result: {}, follows: this.#adjustScore(effect.item) };
      case 'change-segment':
        return { result: {}, follows: this.#changeSegment(effect.item) };
      case 'send-message':
        return { result: this.#send(effect.item, effect.key, at), follows: [] };
      case 'create-task':
        return this.#makeTask(taskOf(effect, at));
      case 'assign-owner':
        return this.#assignOwner(effect, at);
      case 'http-request': {
        const { status, body } = this.#http[step] ?? { status: 200 };
        return { result: { status, body: body ?? null }, follows: [] };
      }
      case 'create-ticket':
        return this.#openTicket(effect.item, at);
      case 'create-deal':
        return this.#openDeal(effect.item, at);
      case 'move-deal':
        return this.deal?.move(effect.item, this.contact, at) ?? { result: { verdict: 'moved' }, follows: [] };
      case 'generate-document':
        return { result: { document: this.#makeDocument(effect.item) }, follows: [] };
      case 'request-approval':
        return this.#requestApproval(effect, at);
      case 'abandon-approval':
        return { result: {}, follows: this.approvals.abandon(effect.item.request, at) };
      case 'add-note':
        return { result: {}, follows: [{ name: 'ticket.noted', data: {} }] };
      case 'announce':
        return { result: {}, follows: [{ name: effect.item.event, data: effect.item.data }] };
      case 'notify-user':
      case 'start-process':
      case 'start-steps':
        return { result: {}, follows: [] };
    }
  }

  #send(item: EffectItems['send-message'], key: string, at: number): EffectResult {
    const { channel, purpose, timezone, sendWindow, onCap, deferUntil, to } = item;
    const address = to === undefined ? {} : { address: 'address' in to ? to.address : (this.contact.owner ?? '') };
    const request = {
      key,
      channel,
      purpose,
      at,
      timezone,
      onCap,
      deferUntil,
      ...address,
      ...(sendWindow !== undefined && { sendWindow }),
    };
    const verdict = gate(request, this.contact, this.#library.policy, this.#sent);
    if (verdict.verdict === 'skip') return { verdict: 'skipped', reason: verdict.reason };
    if (verdict.verdict === 'defer') return { verdict: 'deferred', reason: verdict.reason, until: verdict.until };
    this.#sent.push({ key, at, channel, purpose });
    this.messages.push({ template: item.template, channel, at, step: item.step, key, data: item.data });
    return { verdict: 'sent', message: key };
  }

  #openTicket({ subject, title, ticket }: EffectItems['create-ticket'], at: number): Performed {
    this.#opened += 1;
    const id = `ticket-${this.#opened}`;
    const opened = ghostTicket({ id, subject: title, channel: 'api', ...ticket }, subject.contactId, at);
    return {
      result: { ticket: id },
      follows: [{ name: 'ticket.created', data: { ticket: ticketJson(opened.ticket) } }],
    };
  }

  #openDeal({ subject, title, pipeline, stage, set, whenOpen }: EffectItems['create-deal'], at: number): Performed {
    const { view } = this.deal ?? {};
    if (whenOpen === 'none' && view?.pipeline === pipeline && view.status === 'open') {
      return { result: { verdict: 'exists', deal: view.id }, follows: [] };
    }
    this.#opened += 1;
    const id = `deal-${this.#opened}`;
    const given = { id, title, pipeline, ...(stage !== undefined && { stage }) };
    const opened = new GhostDeal(given, this.#library, subject.contactId, at);
    opened.set(set, at);
    this.#problems.push(...opened.problems);
    return {
      result: { verdict: 'opened', deal: id },
      follows: [{ name: 'deal.created', data: { deal: dealJson(opened.view) } }],
    };
  }

  #makeTask(task: SimulatedTask): Performed {
    this.tasks.push(task);
    return { result: { task: task.view.id }, follows: [{ name: 'task.created', data: { task: taskJson(task.view) } }] };
  }

  #makeDocument({ content }: EffectItems['generate-document']): JsonObject {
    const n = this.#documents.length + 1;
    const { template, items, currency, taxIncluded } = content;
    const { gross, digits } = totalsOf(items, currency, taxIncluded);
    const id = `document-${n}`;
    const made = { id, number: `${template}-${n}`, sha256: id, gross: Number(gross) / 10 ** digits, currency };
    this.#documents.push(made);
    return made;
  }

  #requestApproval(effect: EffectOf<'request-approval'>, at: number): Performed {
    const owner = this.ticket?.assignee ?? this.deal?.view.owner ?? this.contact.owner ?? 'owner';
    const document = this.#documents.find(({ id }) => id === effect.item.documentId);
    return this.approvals.request(effect, owner, document, at);
  }

  #adjustScore({ axis, points }: EffectItems['adjust-score']): Consequence[] {
    const before = this.contact.score;
    const score = { ...before, [axis]: before[axis] + points, total: before.total + points };
    const { warm, hot } = this.#library.scoring?.classes ?? {
      warm: Number.POSITIVE_INFINITY,
      hot: Number.POSITIVE_INFINITY,
    };
    if (this.#library.scoring !== undefined)
      score.class = score.total >= hot ? 'hot' : score.total >= warm ? 'warm' : 'cold';
    this.contact = { ...this.contact, score };
    if (score.class === before.class) return [];
    return [{ name: 'score.class-changed', data: { from: before.class, to: score.class, total: score.total } }];
  }

  #changeSegment({ segment, change }: EffectItems['change-segment']): Consequence[] {
    const { segments } = this.contact;
    if (segments.includes(segment) === (change === 'add')) return [];
    const now = change === 'add' ? [...segments, segment] : segments.filter((one) => one !== segment);
    this.contact = { ...this.contact, segments: now };
    return [{ name: change === 'add' ? 'segment.entered' : 'segment.left', data: { segment } }];
  }

  #assignOwner(effect: EffectOf<'assign-owner'>, at: number): Performed {
    const { contact, ticket, deal } = this;
    const values = {
      contact,
      ...(ticket && { ticket: ticketJson(ticket) }),
      ...(deal && { deal: dealJson(deal.view) }),
    };
    const decision = this.#staff.decide(effect, values, at);
    const { user, team, kept } = decision;
    if (user === null || kept) return { result: decision, follows: [] };
    if (deal !== undefined) return { result: decision, follows: deal.set({ owner: user }, at) };
    if (effect.item.subject.kind !== 'ticket') return { result: decision, follows: this.change({ owner: user }) };
    const set: Record<string, Json> = { assignee: user };
    if (ticket?.accepted && ticket.assignee !== user) set.accepted = false;
    if (team !== undefined) set.team = team;
    return { result: decision, follows: this.changeTicket(set) };
  }
}
