import type { JsonObject } from '../../../engine/json.ts';
import { type TicketActor, type TicketEventName, ticketJson } from '../../../engine/model/ticket.ts';
import type { TicketMessageDoc } from '../../../store/models/ticket-message.ts';
import { ticketView } from '../../../store/tickets.ts';
import { follows, type Happening, main } from '../happening.ts';
import type { Person } from '../person.ts';
import type { TicketFile } from './docket.ts';

/** Longest beginning of a message's text that its event carries: conditions and templates read it, histories keep it. */
const excerptLength = 1_000;

/** Whose ticket it is and who does something to it. */
export interface Scene {
  file: TicketFile;
  person: Person;
  by: TicketActor;
}

/** Data of an event of the ticket, as it is now. */
function ticketData({ file, person, by }: Scene, more: JsonObject = {}): JsonObject {
  return { ...more, by, ticket: ticketOf(file, person) };
}

/** The ticket as events carry it, under the contact that has it now. */
export function ticketOf({ doc }: TicketFile, person: Person): JsonObject {
  return ticketJson({ ...ticketView(doc), contactId: person.doc._id });
}

/** The item's own event. `message`: effect key of the outgoing message that it is about. */
export function mainEvent(
  name: TicketEventName | 'survey.answered',
  scene: Scene,
  more?: JsonObject,
  message?: string,
): Happening {
  return main(name, ticketData(scene, more), message === undefined ? {} : { message });
}

/** An event that comes along with it. */
export function furtherEvent(name: TicketEventName, scene: Scene, more?: JsonObject): Happening {
  return follows(name, ticketData(scene, more));
}

/** A message as its event carries it. */
export function messageData({ _id, kind, channel, text, attachments }: TicketMessageDoc): JsonObject {
  return { id: _id, kind, channel, text: text.slice(0, excerptLength), attachments: attachments.length };
}
