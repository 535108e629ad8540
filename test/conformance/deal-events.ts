import type { Json, JsonObject } from '../../engine/json.ts';
import { isObject } from '../../engine/json.ts';
import type { Scenario } from '../../engine/schema/process.ts';
import { newId } from '../../store/id.ts';
import type { Stage } from './stage.ts';

type ScenarioEvent = Scenario['events'][number];

/** Plays what a scenario does to a deal: opens it as the scenario has it, moves and changes it, and tells what comes from outside. */
export class DealEvents {
  readonly #stage: Stage;
  readonly dealId = newId();
  readonly #contactId: string;
  readonly #given: JsonObject;

  constructor(stage: Stage, contactId: string, given: Scenario['given']) {
    this.#stage = stage;
    this.#contactId = contactId;
    this.#given = given.deal ?? {};
  }

  /** Opens the deal, before anything happens to it. */
  async open(at: number): Promise<void> {
    const { pipeline = 'b2b', stage, title = 'A deal', ...set } = this.#given;
    const body = { do: 'open', by: 'api', contactId: this.#contactId, pipeline, stage, set: { title, ...set } };
    await this.#stage.submitAll([{ kind: 'deal', id: this.dealId, source: 'test', body: plain(body) }], at);
  }

  /** What an event of a scenario changes of the deal. The events of these deeds are told by the intake. */
  async change({ event, deal = {} }: ScenarioEvent, at: number): Promise<void> {
    // What is paid follows from payments.
    const { stage, paid: _, ...set } = deal;
    if (Object.keys(set).length > 0) await this.#do({ do: 'change', set }, at);
    if (stage !== undefined) await this.#do({ do: event === 'deal.reopened' ? 'reopen' : 'move', to: stage }, at);
  }

  async #do(deed: Record<string, Json>, at: number): Promise<void> {
    await this.#stage.submit('deal', { dealId: this.dealId, by: 'user:ivan', ...deed }, at);
  }
}

function plain(value: object): JsonObject {
  const json: Json = JSON.parse(JSON.stringify(value));
  return isObject(json) ? json : {};
}
