import type { DomainEvent } from '../../../engine/model/event.ts';
import type { DefinitionRef, SubjectRef } from '../../../engine/model/state.ts';
import { clocksDefinition } from '../../../engine/sla/start.ts';
import type { Live } from '../../library.ts';
import { eventTicket } from './subject.ts';

/** An instance that begins with an event. */
export interface Beginning {
  /** Under which it is listed; default: the definition's key, of a part `key/part`. */
  process?: string;
  definition: DefinitionRef;
  subject: SubjectRef;
  entryKey?: string;
}

/** What is opened with every ticket: its clock, and where nobody is assigned the routing that finds somebody. */
export function ticketParts(created: DomainEvent, live: Live): Beginning[] {
  const ticket = eventTicket(created);
  if (ticket === undefined) return [];
  const { id, contactId, assignee } = ticket;
  const subject: SubjectRef = { kind: 'ticket', id: String(id), contactId: String(contactId) };
  const routing = live.versions.find(
    ({ definition, enabled }) => enabled && definition.kind === 'routing' && definition.subject === 'ticket',
  );
  return [
    { definition: clocksDefinition, subject },
    ...(routing && assignee === undefined
      ? [{ process: 'routing', definition: { ...routing.ref, part: 'route' }, subject }]
      : []),
  ];
}
