import { Environment } from '@marcbachmann/cel-js';
import { registerFunctions, timestamp } from './functions.ts';
import { structure } from './limits.ts';

/** The names that a condition can begin a path with. */
export const rootNames = ['contact', 'event', 'trigger', 'vars', 'now', 'deal', 'ticket', 'stats'] as const;
export type RootName = (typeof rootNames)[number];

/**
 * A number of JSON data: always a double in CEL (as in google.protobuf.Value), whether written 5000 or 5000.5, so a
 * condition cannot come to mean something else when the data change. Compared with whole literals by value.
 */
const number = 'dyn<double>';

/** ContactMoney, with its times as points in time. */
const moneyFields = {
  currency: 'string',
  orders: number,
  ordered: number,
  paid: number,
  average: number,
  firstOrderAt: timestamp,
  lastOrderAt: timestamp,
  other: 'list<dyn>',
} as const;

/** The contact's own fields; everything else about it is in `attributes`. */
export const contactFields = {
  id: 'string',
  email: 'string',
  phone: 'string',
  firstName: 'string',
  lastName: 'string',
  company: 'string',
  language: 'string',
  timezone: 'string',
  owner: 'string',
  attributes: 'map<string, dyn>',
  score: { fit: number, engagement: number, total: number, class: 'string' },
  segments: 'list<string>',
  consent: { email: 'string', sms: 'string' },
  suppressed: { email: 'string', sms: 'string' },
  arms: 'map<string, string>',
  money: moneyFields,
  createdAt: timestamp,
} as const;

/** The fields of a ticket: TicketView, with `createdAt` as a point in time. */
export const ticketFields = {
  id: 'string',
  number,
  subject: 'string',
  status: 'string',
  priority: 'string',
  channel: 'string',
  contactId: 'string',
  topic: 'string',
  team: 'string',
  assignee: 'string',
  accepted: 'bool',
  dealId: 'string',
  tags: 'list<string>',
  reopened: number,
  createdAt: timestamp,
} as const;

/** The fields of a deal: DealView, with its times as points in time. */
export const dealFields = {
  id: 'string',
  number,
  title: 'string',
  contactId: 'string',
  pipeline: 'string',
  stage: 'string',
  status: 'string',
  amount: number,
  currency: 'string',
  paid: number,
  items: 'list<dyn>',
  owner: 'string',
  source: 'string',
  campaign: 'string',
  lostReason: 'string',
  attributes: 'map<string, dyn>',
  createdAt: timestamp,
  stageSince: timestamp,
  activityAt: timestamp,
  closedAt: timestamp,
} as const;

/** Names whose fields are known, by their fields' types. */
const subjects = { contact: contactFields, ticket: ticketFields, deal: dealFields };

type Fields = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** The fields that a name has, or undefined where it may have any. */
export function fieldsOf(name: string): Fields | undefined {
  return new Map<string, Fields>(Object.entries(subjects)).get(name);
}

const options = {
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  unlistedVariablesAreDyn: false,
  limits: structure,
};

const data = 'map<string, dyn>';

/** Knows the types of all names: texts are checked in it. */
export const checking = new Environment(options);
registerFunctions(checking);
for (const name of rootNames) {
  if (name === 'contact' || name === 'ticket' || name === 'deal')
    checking.registerVariable(name, { schema: subjects[name] });
  else checking.registerVariable(name, name === 'now' ? timestamp : data);
}

/** Takes all names as they come: checked texts run in it on plain JSON data, without wrapping them. */
export const running = new Environment(options);
registerFunctions(running);
for (const name of rootNames) running.registerVariable(name, name === 'now' ? timestamp : 'dyn');
