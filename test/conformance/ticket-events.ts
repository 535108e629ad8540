import type { JsonObject } from '../../engine/json.ts';
import type { Scenario } from '../../engine/schema/process.ts';
import { newId } from '../../store/id.ts';
import type { Stage } from './stage.ts';

type ScenarioEvent = Scenario['events'][number];

/** What makes each event of a ticket in life: the event itself cannot be sent. */
const deeds: Record<string, JsonObject> = {
  'ticket.resolved': { do: 'change', set: { status: 'resolved' } },
  'ticket.closed': { do: 'change', set: { status: 'closed' } },
  'ticket.reopened': { do: 'change', set: { status: 'open' } },
  'ticket.agent-replied': { do: 'say', message: { text: 'An answer' } },
};

/** Plays the events of a scenario about a ticket: opens it as the scenario has it, and does what makes each event. */
export class TicketEvents {
  readonly #stage: Stage;
  readonly #ticketId = newId();
  readonly #contactId: string;
  readonly #given: JsonObject;

  constructor(stage: Stage, contactId: string, given: Scenario['given']) {
    this.#stage = stage;
    this.#contactId = contactId;
    this.#given = given.ticket ?? {};
  }

  /** @param isFirst it is what starts the process: the ticket must be there for it */
  async submit({ event }: ScenarioEvent, at: number, isFirst: boolean): Promise<void> {
    if (isFirst) await this.#open(at);
    if (event === 'ticket.created') return;
    const deed = deeds[event];
    if (deed === undefined) throw new Error(`nothing here makes the event ${event}`);
    await this.#stage.submit('ticket', { ...deed, ticketId: this.#ticketId, by: 'user:anna' }, at);
  }

  async #open(at: number): Promise<void> {
    const { channel = 'email', subject = 'A question' } = this.#given;
    const body = { do: 'open', contactId: this.#contactId, channel, subject, message: { text: 'Help!' } };
    const item = { kind: 'ticket' as const, id: this.#ticketId, source: 'test', body };
    await this.#stage.submitAll([item], at);
  }
}
