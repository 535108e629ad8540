import mongoose, { type ClientSession } from 'mongoose';
import { intakeItem } from '../../delivery/intake/items.ts';
import { dealJson } from '../../engine/model/deal.ts';
import type { EffectOf } from '../../engine/model/effects.ts';
import type { EffectResult } from '../../engine/model/event.ts';
import { ticketJson } from '../../engine/model/ticket.ts';
import { type Decision, decide } from '../../engine/routing/among.ts';
import { earlierKeys, pastOf } from '../../engine/routing/past.ts';
import { contactViews } from '../../store/contacts.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { type EffectReceiptDoc, EffectReceipts } from '../../store/models/record.ts';
import { type EffectDeps, failed, type Outcome, type PerformEffect, performed } from './effect.ts';
import { applyThroughIntake } from './intake.ts';
import { Roster } from './roster.ts';
import { dealsOf, ticketsOf } from './subject.ts';

type AssignOwner = EffectOf<'assign-owner'>;

/**
 * Gives contacts and deals an owner and tickets an assignee, as engine/routing decides. The decision is kept in a receipt, so that a
 * retry decides the same; what it gave away is reserved until the intake has written it, so that nobody gets more than
 * they can carry however many turns choose at once.
 */
export const assignOwner: PerformEffect<'assign-owner'> = async (effects, deps) => {
  const decisions = await decideOnce(effects, deps);
  const items = effects.flatMap((effect) => itemOf(effect, decisions.get(effect.key) ?? {}));
  const applied = new Map((await applyThroughIntake(items, deps)).map((outcome) => [outcome.key, outcome]));
  const settled = items.filter(({ id }) => applied.get(id)?.status !== 'again').map(({ id }) => id);
  await Roster.release(settled);
  return effects.map(({ key, item }): Outcome => {
    const decision = decisions.get(key);
    if (decision === undefined) return undecidable(key, item, deps);
    const outcome = applied.get(key);
    return outcome && outcome.status !== 'performed' ? outcome : performed(key, decision);
  });
};

function undecidable(key: string, { among, subject }: AssignOwner['item'], { routings }: EffectDeps): Outcome {
  if ('routing' in among && routings[among.routing] === undefined) {
    const text = `There is no routing "${among.routing}"; publish it, then retry the step.`;
    return failed(key, 'DEFINITION_NOT_FOUND', text);
  }
  if (subject.kind === 'ticket') return failed(key, 'TICKET_NOT_FOUND', 'the ticket is gone');
  if (subject.kind === 'deal') return failed(key, 'DEAL_NOT_FOUND', 'the deal is gone');
  return failed(key, 'CONTACT_NOT_FOUND', 'the contact is gone');
}

function userIn(decision: EffectResult | undefined): string | undefined {
  return typeof decision?.user === 'string' ? decision.user : undefined;
}

/** What the intake writes: nothing where nobody was found, or somebody keeps it. */
function itemOf({ key, instance, item }: AssignOwner, decision: EffectResult): IntakeItem[] {
  const user = userIn(decision);
  if (user === undefined || decision.kept === true) return [];
  const { subject, among } = item;
  if (subject.kind === 'contact') {
    return [intakeItem('change', key, { contactId: subject.id, set: { owner: user }, by: instance }, 'engine')];
  }
  const { team, rule } = decision;
  const why = 'routing' in among ? [among.routing, rule].join('/') : Object.keys(among).join();
  if (subject.kind === 'deal') {
    const body = {
      do: 'change' as const,
      dealId: subject.id,
      by: `instance:${instance}` as const,
      set: { owner: user },
      why,
    };
    return [intakeItem('deal', key, body, 'engine')];
  }
  const set = { assignee: user, ...((typeof team === 'string' || team === null) && { team }) };
  const body = { do: 'change' as const, ticketId: subject.id, by: `instance:${instance}` as const, set, why };
  return [intakeItem('ticket', key, body, 'engine')];
}

/** @returns Decisions, as JSON, by effect key; none where the subject or the routing is not there. */
async function decideOnce(effects: readonly AssignOwner[], deps: EffectDeps): Promise<Map<string, EffectResult>> {
  return await mongoose.connection.transaction(async (session) => {
    const keys = effects.flatMap((effect) => [...pastKeys(effect), effect.key]);
    const receipts = await EffectReceipts.find({ _id: { $in: keys } }, null, { session }).lean<EffectReceiptDoc[]>();
    const results = new Map(receipts.map(({ _id, result }) => [_id, result]));
    const open = effects.filter(({ key }) => !results.has(key));
    for (const kind of ['contact', 'ticket'] as const) {
      const those = open.filter(({ item }) => (item.subject.kind === 'ticket') === (kind === 'ticket'));
      if (those.length === 0) continue;
      for (const [key, decision] of await decideAll(kind, those, results, session, deps)) results.set(key, decision);
    }
    const at = new Date(deps.now);
    const made: EffectReceiptDoc[] = [];
    for (const { key: _id } of open) {
      const result = results.get(_id);
      if (result !== undefined) made.push({ _id, result, at });
    }
    if (made.length > 0) await EffectReceipts.insertMany(made, { session });
    return results;
  });
}

/** A routing passes over whom the same step asked before. */
function pastKeys({ key, item }: AssignOwner): string[] {
  return 'routing' in item.among ? earlierKeys(key) : [];
}

async function decideAll(
  kind: 'contact' | 'ticket',
  effects: readonly AssignOwner[],
  results: ReadonlyMap<string, EffectResult>,
  session: ClientSession,
  { now, calendars, routings }: EffectDeps,
): Promise<Map<string, Decision>> {
  const contacts = await contactViews(effects.map(({ item }) => item.subject.contactId));
  const tickets = await ticketsOf(effects);
  const deals = await dealsOf(effects);
  const loaded =
    kind === 'ticket' || effects.some(({ item }) => item.strategy === 'least-loaded' || 'routing' in item.among);
  const roster = await Roster.open(kind, loaded, session);
  const decisions = new Map<string, Decision>();
  for (const effect of effects) {
    const { key, item } = effect;
    const contact = contacts.get(item.subject.contactId);
    const ticket = tickets.get(item.subject.id);
    const deal = deals.get(item.subject.id);
    const found = { contact, ticket, deal }[item.subject.kind];
    if (
      contact === undefined ||
      found === undefined ||
      ('routing' in item.among && routings[item.among.routing] === undefined)
    )
      continue;
    const owner = { contact: contact.owner, ticket: ticket?.assignee, deal: deal?.owner }[item.subject.kind];
    const values = { contact, ...(ticket && { ticket: ticketJson(ticket) }), ...(deal && { deal: dealJson(deal) }) };
    const past = pastOf(pastKeys(effect).map((earlier) => results.get(earlier)));
    const request = { ...item, subject: kind, owner, values, past };
    const decision = decide(request, roster.people, { now, calendars, routings });
    decisions.set(key, decision);
    if (decision.user !== null && !decision.kept) roster.give(decision.user, key, item.subject.id);
  }
  await roster.save();
  return decisions;
}
