import { type Process, processSchema } from '../schema/index.ts';
import type { Routing } from '../schema/routing.ts';

type Step = { id: string; type: string } & Record<string, unknown>;
type Watch = { event: string; when?: string; outcome: string };

/** How a routing is carried out for one kind of subject. */
interface Kind {
  /** The field that says who has it, and the value of it in a condition. */
  field: 'assignee' | 'owner';
  owner: string;
  goals: Watch[];
  exits: Watch[];
  /** The subject of alerts, in both languages; texts may hold `{{cel}}`. */
  title: { en: string; ru: string };
}

const kinds: Record<Routing['subject'], Kind> = {
  ticket: {
    field: 'assignee',
    owner: 'ticket.?assignee.orValue("")',
    goals: [
      { event: 'ticket.accepted', outcome: 'accepted' },
      {
        event: 'ticket.agent-replied',
        when: 'has(event.ticket.assignee) && event.by == "user:" + event.ticket.assignee',
        outcome: 'accepted',
      },
    ],
    exits: [
      // What an instance gives, this one among them, is looked at when the time for the acceptance is over.
      {
        event: 'ticket.changed',
        when: '!event.by.startsWith("instance:") && event.changes.exists(c, c.field == "assignee" && c.to != null)',
        outcome: 'given',
      },
      { event: 'ticket.resolved', outcome: 'resolved' },
      { event: 'ticket.closed', outcome: 'closed' },
      { event: 'ticket.merged', outcome: 'merged' },
    ],
    title: {
      en: 'Ticket #{{ticket.number}} "{{ticket.subject}}"',
      ru: 'Обращение №{{ticket.number}} «{{ticket.subject}}»',
    },
  },
  contact: {
    field: 'owner',
    owner: 'contact.?owner.orValue("")',
    goals: [{ event: 'owner.accepted', outcome: 'accepted' }],
    exits: [],
    title: {
      en: 'Lead {{contact.?firstName.orValue(contact.?email.orValue(contact.?phone.orValue("without a name")))}}',
      ru: 'Лид {{contact.?firstName.orValue(contact.?email.orValue(contact.?phone.orValue("без имени")))}}',
    },
  },
};

const known = new WeakMap<Routing, Process>();

/**
 * A routing as a process of ordinary steps: chooses somebody, gives them the time of `accept` to take it on, and goes on to
 * the next; when nobody is left it stands in the nobody-queue, alerts once, and begins anew every `retry`. It ends when it
 * is accepted, when a person, a program or another instance has given it to somebody, and when it needs nobody any more;
 * without `accept`, once it is assigned. The same routing object gives the same process object.
 */
export function routingProcess(routing: Routing): Process {
  const before = known.get(routing);
  if (before !== undefined) return before;
  const { goals, exits } = kinds[routing.subject];
  const process = processSchema.parse({
    kind: 'process',
    key: routing.key,
    name: routing.name,
    subject: routing.subject,
    triggers: [{ on: 'process' }],
    settings: { purpose: 'transactional', maxVisits: 100_000 },
    goals,
    exits,
    steps: stepsOf(routing),
  });
  known.set(routing, process);
  return process;
}

function stepsOf(routing: Routing): Step[] {
  const { nobody, subject } = routing;
  const kind = kinds[subject];
  const release = { [kind.field]: null, ...(subject === 'ticket' && { team: nobody.queue }) };
  return [
    // A ticket may come with an assignee; a lead's present owner is what a routing is asked to change.
    ...(subject === 'ticket' ? [unlessTaken('free', 'choose', kind)] : []),
    ...round({ choose: 'choose', asked: 'asked', still: 'still', nobody: 'unless-given' }, routing),
    unlessGiven('unless-given', 'queue', kind),
    { id: 'queue', type: 'update-record', set: release },
    ...nobody.alert.map((to, index) => ({ id: `alert-${index + 1}`, type: 'notify-user', to, text: alertText(kind) })),
    { id: 'pause', type: 'wait', for: nobody.retry },
    unlessTaken('still-free', 'choose-again', kind),
    ...round(
      { choose: 'choose-again', asked: 'asked-again', still: 'still-again', nobody: 'unless-given-again' },
      routing,
    ),
    unlessGiven('unless-given-again', 'release', kind),
    { id: 'release', type: 'update-record', set: release, next: 'pause' },
    { id: 'given', type: 'end', outcome: 'given' },
    { id: 'assigned', type: 'end', outcome: 'assigned' },
  ];
}

/** Steps of a round. The first round and the later ones have steps of their own, because the alert stands between them. */
interface Round {
  choose: string;
  asked: string;
  still: string;
  nobody: string;
}

/** Asks one person after the other until nobody is left. */
function round({ choose, asked, still, nobody }: Round, { key, subject, accept }: Routing): Step[] {
  const choice = { id: choose, type: 'assign-owner', among: { routing: key }, keep: false, into: 'asked' };
  if (accept === undefined) return [{ ...choice, next: { assigned: 'assigned', nobody } }];
  const { within, calendar } = accept;
  return [
    { ...choice, next: { assigned: asked, nobody } },
    { id: asked, type: 'wait', for: within, ...(calendar !== undefined && { calendar }) },
    unlessGiven(still, choose, kinds[subject]),
  ];
}

function unlessTaken(id: string, next: string, { owner }: Kind): Step {
  const cases = [{ name: 'taken', when: `${owner} != ""` }];
  return { id, type: 'branch', cases, next: { taken: 'given', else: next } };
}

/** An escalation, or any other instance, may have given it to somebody else meanwhile: that stands. */
function unlessGiven(id: string, next: string, { owner }: Kind): Step {
  const cases = [{ name: 'unanswered', when: `${owner} in ["", vars.?asked.orValue("")]` }];
  return { id, type: 'branch', cases, next: { unanswered: next, else: 'given' } };
}

function alertText({ title }: Kind): { en: string; ru: string } {
  return {
    en: `${title.en}: nobody can take it. It waits in the queue of nobody and is tried again.`,
    ru: `${title.ru}: взять некому. Ждёт в очереди «никто», попытки продолжаются.`,
  };
}
