import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../engine/library.ts';
import { dealJson } from '../../../engine/model/deal.ts';
import type { Effect } from '../../../engine/model/effects.ts';
import type { EngineEvent } from '../../../engine/model/event.ts';
import type { DefinitionRef, InstanceState } from '../../../engine/model/state.ts';
import { isActive, leavePart, pipelineProcess, stagePart } from '../../../engine/pipeline/stage.ts';
import { advance } from '../../../engine/process/advance.ts';
import { startInstance } from '../../../engine/process/start.ts';
import { contact, deal, happened, monday, pipeline } from './sales.ts';

const hour = 3_600_000;
const day = 24 * hour;
const tell = (id: string) => ({ id, type: 'notify-user', to: { role: 'head' }, text: id });
const sales = pipeline({
  stages: [
    {
      key: 'new',
      name: 'New',
      enter: [tell('hello')],
      leave: [tell('bye')],
      deadline: { within: 'P10D', steps: [tell('late')] },
      idle: { within: 'P3D', steps: [tell('silent')] },
    },
    { key: 'offer', name: 'Offer', idle: { within: 'PT48H', steps: [tell('silent')] } },
    { key: 'contract', name: 'Contract' },
  ],
});
const ref = (part: string): DefinitionRef => ({ key: 'sales', version: 1, hash: 'hash', part });

/** A stage as an instance, over time: who is told when, in days since Monday. */
class Stay {
  readonly told: string[] = [];
  activityAt = monday;
  openTasks = 0;
  state: InstanceState;
  readonly #process;

  constructor(part: string) {
    this.#process = pipelineProcess(sales, ref(part));
    const trigger = happened('deal.stage-changed');
    const subject = { kind: 'deal' as const, id: 'deal', contactId: 'contact' };
    const head = { id: 'i', definition: ref(part), subject, trigger, now: monday, seed: 1 };
    this.state = startInstance({ ...head, process: this.#process });
    this.#take({ type: 'started', at: monday });
  }

  /** Lets time pass, with everything that comes due on the way. */
  until(days: number): this {
    for (let next = this.#next(); next !== null && next <= monday + days * day; next = this.#next()) {
      this.#take({ type: 'due', at: next });
    }
    return this;
  }

  hears(name: string, at: number): this {
    this.#take({
      type: 'received',
      at: monday + at * day,
      event: { ...happened(name), seq: 2, occurredAt: monday + at * day },
    });
    return this;
  }

  #next(): number | null {
    const deadlines = this.state.tokens.flatMap(({ deadline }) => deadline ?? []);
    return deadlines.length === 0 || this.state.status !== 'running' ? null : Math.min(...deadlines);
  }

  #take(event: EngineEvent): void {
    const view = { ...dealJson(deal({ activityAt: this.activityAt })), openTasks: this.openTasks };
    const context = { contact, deal: view, calendars: {}, policy: defaultPolicy };
    const { state, effects } = advance(this.#process, this.state, event, context, event.at);
    this.state = state;
    for (const effect of effects) this.#perform(effect, event.at);
  }

  #perform({ key }: Effect, at: number): void {
    this.told.push(`${key.split('/')[1]} ${(at - monday) / day}`);
    this.#take({ type: 'performed', at, key, result: {} });
  }
}

describe('a stage', () => {
  it('does its steps, then watches its deadline and its silence, again and again', () => {
    expect(new Stay(stagePart('new')).until(11).told).toEqual([
      'hello 0',
      'silent 3',
      'silent 6',
      'silent 9',
      'late 10',
    ]);
  });

  it('is silent only since the latest activity, which needs no event', () => {
    const stay = new Stay(stagePart('new')).until(2);
    stay.activityAt = monday + 2 * day;
    expect(stay.until(8).told).toEqual(['hello 0', 'silent 5', 'silent 8']);
  });

  it('is not silent while a task is planned', () => {
    const stay = new Stay(stagePart('offer'));
    stay.openTasks = 1;
    expect(stay.until(7).told).toEqual([]);
    stay.openTasks = 0;
    stay.activityAt = monday + 7 * day;
    expect(stay.until(9.5).told).toEqual(['silent 9']);
  });

  it.each([
    ['deal.stage-changed', 'moved'],
    ['deal.won', 'won'],
    ['deal.lost', 'lost'],
  ])('is over with %s', (event, outcome) => {
    const stay = new Stay(stagePart('new')).hears(event, 1);
    expect(stay.state).toMatchObject({ status: 'ended', outcome });
    expect(stay.until(20).told).toEqual(['hello 0']);
  });

  it('does its steps on leaving to their end', () => {
    const stay = new Stay(leavePart('new'));
    expect([stay.told, stay.state.status]).toEqual([['bye 0'], 'ended']);
  });

  it('is the same process for the same pipeline, and none for a part that there is not', () => {
    expect(pipelineProcess(sales, ref(stagePart('new')))).toBe(pipelineProcess(sales, ref(stagePart('new'))));
    expect(() => pipelineProcess(sales, ref(stagePart('gone')))).toThrow('version 1 of pipeline "sales" has no');
    expect(sales.stages.map(isActive)).toEqual([true, true, false]);
  });
});
