import { type FailedCondition, holdsOrTell, type Values } from '../conditions/evaluate.ts';
import type { JsonObject } from '../json.ts';
import type { Among } from '../model/effects.ts';
import type { Routing, RoutingRule } from '../schema/routing.ts';
import { chain } from './chain.ts';
import { type Choice, choose, type Moment } from './choose.ts';
import type { Past } from './past.ts';
import { isPresent, type Person, type Strategy } from './person.ts';

/** Somebody is wanted for a subject. */
export interface Request {
  subject: 'contact' | 'ticket';
  among: Among;
  /** A routing has its rule's own instead. */
  strategy: Strategy;
  /** Whoever has it and is present keeps it; a chain always goes on. */
  keep: boolean;
  /** Who has it now. */
  owner?: string | undefined;
  /** What conditions of rules see. */
  values: Omit<Values, 'now' | 'calendars'>;
  past: Past;
}

/** What is written down about it. */
export type Decision = Choice & {
  /** They had it already, and nothing is to be written. */
  kept?: true;
  /** The rule of the routing that counted; null: none held. */
  rule?: string | null;
  /** Why nobody was even looked for. */
  reason?: 'attempts';
  /** Rules whose condition could not be answered, which counts as no. */
  failed?: { rule: string; message: string }[];
  /** The ticket's team as the rules saw it: the one before the nobody-queue. */
  home?: string | null;
  /** The team that the ticket gets with its assignee. */
  team?: string | null;
};

/** Chooses by whatever `among` says. `routings`: the published ones. @throws RangeError for a routing that is not there. */
export function decide(
  request: Request,
  people: readonly Person[],
  moment: Moment & { routings: Record<string, Routing> },
): Decision {
  const { among, strategy, keep, owner, subject } = request;
  const { now } = moment;
  if ('chain' in among) return chain({ roles: among.chain, owner, strategy, now }, people);
  const holder = people.find(({ key }) => key === owner);
  if (keep && holder !== undefined && isPresent(holder, now)) {
    return { user: holder.key, kept: true, considered: [{ user: holder.key, verdict: 'kept', why: {} }] };
  }
  if ('routing' in among) return route(request, routingOf(among.routing, moment.routings), people, moment);
  const ownCapacity = subject === 'ticket';
  return choose({ ...among, strategy, ownCapacity, presence: 'any', tried: [] }, people, moment);
}

function routingOf(key: string, routings: Record<string, Routing>): Routing {
  const routing = routings[key];
  if (routing === undefined) throw new RangeError(`there is no routing "${key}"`);
  return routing;
}

function route(request: Request, routing: Routing, people: readonly Person[], moment: Moment): Decision {
  const { past, subject } = request;
  const ticket = request.values.ticket;
  const home = homeOf(ticket, routing, past);
  const more = ticket === undefined ? {} : { home };
  if (past.tried.length >= (routing.accept?.attempts ?? Number.POSITIVE_INFINITY)) {
    return { user: null, considered: [], reason: 'attempts', ...more };
  }
  const { team: _, ...rest } = ticket ?? {};
  const seen = ticket && { ...rest, ...(home !== null && { team: home }) };
  const failed: { rule: string; message: string }[] = [];
  const values = { ...request.values, ...(seen && { ticket: seen }), ...moment };
  const rule = routing.rules.find(({ id, when }) => when === undefined || holdsOrTell(when, values, tell(id, failed)));
  const told = failed.length === 0 ? more : { ...more, failed };
  if (rule === undefined) return { user: null, considered: [], rule: null, ...told };
  const wanted = { ...rule, ...rule.candidates, ownCapacity: subject === 'ticket', tried: past.tried };
  const choice = choose(wanted, people, moment);
  const chosen = people.find(({ key }) => key === choice.user);
  if (chosen === undefined || ticket === undefined) return { ...choice, rule: rule.id, ...told };
  return { ...choice, rule: rule.id, ...told, team: teamWith(chosen, rule, home) };
}

function tell(rule: string, failed: { rule: string; message: string }[]): (problem: FailedCondition) => void {
  return ({ message }) => void failed.push({ rule, message });
}

/** Rules never see the nobody-queue as the team, or they would not hold when it is tried again. */
function homeOf(ticket: JsonObject | undefined, { nobody }: Routing, past: Past): string | null {
  const team = typeof ticket?.team === 'string' ? ticket.team : null;
  return team === nobody.queue ? past.home : team;
}

/** A ticket works in the team that the rule names, else in that of whoever got it. */
function teamWith({ team }: Person, rule: RoutingRule, home: string | null): string | null {
  return rule.candidates.team ?? team ?? home;
}
