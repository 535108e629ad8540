import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { end, Journey, monday, processOf } from '../process/journey.ts';

const call = {
  id: 'call',
  type: 'create-task',
  title: 'Call',
  assignee: { user: 'anna' },
  outcomes: [
    { key: 'reached', name: { en: 'Reached', ru: 'Дозвонились' } },
    { key: 'no-answer', name: 'No answer' },
    { key: 'wrong-number', name: 'Wrong number' },
  ],
};
const waitFor = (more: JsonObject = {}) => ({
  id: 'called',
  type: 'wait-for-task',
  task: 'call',
  outcomes: ['reached', 'no-answer'],
  next: { reached: 'yes', 'no-answer': 'no', done: 'over', cancelled: 'off', timeout: 'late' },
  ...more,
});
const ends = ['yes', 'no', 'over', 'off', 'late'].map((id) => end(id));
const journeyOf = (...steps: JsonObject[]) => Journey.begin(processOf([...steps, ...ends]));
const called = (more?: JsonObject) => journeyOf(call, waitFor(more)).performed({ task: 't' });
const told = (visit: number, more: JsonObject = {}) => ({
  task: { step: { instance: 'i', id: 'call', visit } },
  ...more,
});

describe('create-task', () => {
  it('is due and reminds before that, and offers its outcomes', () => {
    const { effects } = journeyOf({ ...call, due: 'P1D', remind: 'PT2H' });
    expect(effects).toMatchObject([
      { item: { due: monday + 24 * 3_600_000, remindAt: monday + 22 * 3_600_000, outcomes: call.outcomes } },
    ]);
  });

  it('refuses a reminder of nothing, and outcomes that are exits of every wait or named twice', () => {
    expect(() => journeyOf({ ...call, remind: 'PT2H' })).toThrow(/counts back from/);
    for (const keys of [['done'], ['timeout'], ['a', 'a']]) {
      const outcomes = keys.map((key) => ({ key, name: key }));
      expect(() => journeyOf({ ...call, outcomes })).toThrow(
        /name each outcome once, and none done, cancelled, timeout/,
      );
    }
  });
});

describe('wait-for-task', () => {
  it('goes by the outcome that was chosen, else by done', () => {
    expect(called().at).toEqual(['called']);
    expect(called().event('task.done', told(1, { outcome: 'reached' })).last.outcome).toBe('yes');
    expect(called().event('task.done', told(1, { outcome: 'no-answer' })).last.outcome).toBe('no');
    expect(called().event('task.done', told(1, { outcome: 'wrong-number' })).last.outcome).toBe('over');
    expect(called().event('task.done', told(1)).last.outcome).toBe('over');
    expect(called().event('task.cancelled', told(1)).last.outcome).toBe('off');
  });

  it('goes by timeout when its time is over', () => {
    expect(called({ within: 'PT2H' }).pass('PT2H').due().last.outcome).toBe('late');
    expect(called().pass('P300D').due().at).toEqual(['called']);
  });

  it('does not hear of other tasks, nor of other visits of the step', () => {
    const journey = called();
    journey.event('task.done', { task: { step: { instance: 'other', id: 'call', visit: 1 } } });
    journey.event('task.done', { task: { step: { instance: 'i', id: 'write', visit: 1 } } });
    journey
      .event('task.done', told(2))
      .event('task.done', { task: { title: 'By hand' } })
      .event('task.done');
    expect(journey.at).toEqual(['called']);
    expect(journey.event('task.done', told(1)).last.outcome).toBe('over');
  });

  it('takes an answer that came before it, unless it was taken back', () => {
    const early = () =>
      journeyOf(call, { id: 'pause', type: 'wait', for: 'PT1H' }, waitFor())
        .performed({ task: 't' })
        .event('task.done', told(1, { outcome: 'reached' }));
    expect(early().pass('PT1H').due().last.outcome).toBe('yes');
    const reopened = early().event('task.reopened', told(1)).pass('PT1H').due();
    expect(reopened.at).toEqual(['called']);
    expect(reopened.event('task.done', told(1, { outcome: 'no-answer' })).last.outcome).toBe('no');
  });

  it('waits for the task that the step made last', () => {
    const again = { reached: 'yes', 'no-answer': 'call', done: 'over', cancelled: 'off', timeout: 'late' };
    const journey = called({ next: again }).event('task.done', told(1, { outcome: 'no-answer' }));
    expect(journey.performed({ task: 'u' }).at).toEqual(['called']);
    expect(journey.event('task.done', told(1, { outcome: 'reached' })).at).toEqual(['called']);
    expect(journey.event('task.done', told(2, { outcome: 'reached' })).last.outcome).toBe('yes');
  });

  it('is an incident where the step was never there', () => {
    const journey = journeyOf(
      { id: 'way', type: 'branch', cases: [{ name: 'never', when: 'false' }], next: { never: 'call', else: 'called' } },
      call,
      waitFor(),
    );
    expect(journey.state.tokens[0]?.incident?.code).toBe('TASK_NOT_MADE');
  });
});

describe('Texts', () => {
  it('write what is there in two languages in that of the text around it', () => {
    const title = { en: 'Call back', ru: 'Перезвонить' };
    const text = { en: 'Late: {{trigger.title}}', ru: 'Опоздание: {{trigger.title}}' };
    const steps = [{ id: 'tell', type: 'notify-user', to: { role: 'lead' }, text }];
    const { effects } = Journey.begin(processOf(steps), { trigger: { title } });
    expect(effects).toMatchObject([{ item: { text: { en: 'Late: Call back', ru: 'Опоздание: Перезвонить' } } }]);
  });
});
