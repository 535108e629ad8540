import type { DefinitionRef } from '../model/state.ts';
import { type Process, processSchema, type Sla } from '../schema/index.ts';

const known = new WeakMap<Sla, Map<string, Process>>();

const sameTicket = 'event.ticket.id == trigger.ticket.id';
const sameClock = `${sameTicket} && event.target == trigger.target && event.n == trigger.n`;

/**
 * The steps of an escalation as an ordinary process, which ends when its clock is met or promises nothing any more, or its
 * ticket is done with; it does not begin again where the promise comes back. The trigger's data say which clock and which time:
 * `ticket`, `target`, `n`, `due`, `point`, `escalation`, `count`. Made once per policy object.
 * @throws RangeError for an escalation that the policy does not have: the reference belongs to another version.
 */
export function escalationProcess(sla: Sla, ref: DefinitionRef, id: string): Process {
  const made = known.get(sla) ?? new Map<string, Process>();
  known.set(sla, made);
  const before = made.get(id);
  if (before !== undefined) return before;
  const escalation = sla.escalations.find((one) => one.id === id);
  if (escalation === undefined)
    throw new RangeError(`version ${ref.version} of policy "${ref.key}" has no escalation "${id}"`);
  const { key, ...process } = processSchema.parse({
    kind: 'process',
    key: escalation.id,
    name: sla.name,
    subject: 'ticket',
    triggers: [{ on: 'process' }],
    entry: {
      reentry: 'always',
      key: 'event.ticket.id + "/" + event.target + "#" + string(event.n) + "/" + string(event.count)',
    },
    exits: [
      { event: 'sla.met', when: sameClock, outcome: 'met' },
      { event: 'sla.cancelled', when: sameClock, outcome: 'cancelled' },
      { event: 'ticket.resolved', when: sameTicket, outcome: 'resolved' },
      { event: 'ticket.closed', when: sameTicket, outcome: 'closed' },
      { event: 'ticket.merged', when: sameTicket, outcome: 'merged' },
    ],
    settings: { purpose: 'transactional' },
    steps: escalation.steps,
  });
  const named = { ...process, key: `${ref.key}/${key}` };
  made.set(id, named);
  return named;
}
