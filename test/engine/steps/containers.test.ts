import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { end, Journey, processOf } from '../process/journey.ts';

const wait = (id: string, duration: string) => ({ id, type: 'wait', for: duration });
const timers = { a: [wait('one', 'PT1H')], b: [wait('two', 'PT2H')], c: [wait('three', 'PT3H')] };
const parallel = (more: JsonObject) => processOf([{ id: 'all', type: 'parallel', ...more }, end('over')]);
const played = (more: JsonObject, ...hours: number[]) => {
  const journey = Journey.begin(parallel(more));
  for (const _ of hours) journey.pass('PT1H').due();
  return journey;
};

describe('Parallel', () => {
  it('joins on all by default', () => {
    expect(played({ branches: timers }, 1, 2).at).toEqual(['all', 'three']);
    expect(played({ branches: timers }, 1, 2, 3).last.outcome).toBe('over');
  });

  it('joins on any or a number, and cancels the rest with its timers', () => {
    expect(played({ branches: timers, join: 'any' }, 1).last.outcome).toBe('over');
    expect(played({ branches: timers, join: 2 }, 1).at).toEqual(['all', 'two', 'three']);
    const two = Journey.begin(
      processOf([{ id: 'all', type: 'parallel', branches: timers, join: 2 }, wait('after', 'P1D')]),
    );
    two.pass('PT2H').due();
    expect(two.at).toEqual(['after']);
    expect(two.pass('PT2H').due().steps).not.toContain('over');
    expect(two.state.tokens).toHaveLength(1);
  });

  it('cancels containers inside containers', () => {
    const inner = { id: 'inner', type: 'parallel', branches: { x: [wait('x', 'P1D')], y: [wait('y', 'P2D')] } };
    const process = processOf([
      { id: 'outer', type: 'parallel', join: 'any', branches: { deep: [inner], soon: [wait('soon', 'PT1H')] } },
      wait('after', 'P9D'),
    ]);
    const journey = Journey.begin(process);
    expect(journey.at).toEqual(['outer', 'inner', 'soon', 'x', 'y']);
    expect(journey.pass('PT1H').due().at).toEqual(['after']);
  });

  it('ends the instance by an end inside a branch', () => {
    const journey = Journey.begin(
      parallel({ branches: { a: [wait('one', 'PT1H'), end('stopped')], b: [wait('two', 'P1D')] } }),
    );
    expect(journey.pass('PT1H').due().last.outcome).toBe('stopped');
    expect(journey.state.tokens).toEqual([]);
  });

  it('drops the answer to an effect of a cancelled branch', () => {
    const points = { id: 'points', type: 'adjust-score', points: 1 };
    const process = processOf([
      { id: 'all', type: 'parallel', join: 'any', branches: { a: [points], b: [wait('two', 'PT1H')] } },
      wait('after', 'P1D'),
    ]);
    const journey = Journey.begin(process).pass('PT1H').due().performed();
    expect(journey.at).toEqual(['after']);
    expect(journey.kinds).not.toContain('performed');
  });

  it('goes on at once when all branches end at once', () => {
    const quick = (id: string) => ({ id, type: 'branch', cases: [{ name: 'x', when: 'true' }] });
    expect(Journey.begin(parallel({ branches: { a: [quick('p')], b: [quick('q')] } })).last.outcome).toBe('over');
  });
});

const repeat = (more: JsonObject) => processOf([{ id: 'loop', type: 'repeat', ...more }, end('over')]);
const body = { steps: [wait('night', 'PT1H'), { id: 'points', type: 'adjust-score', points: 1 }] };

describe('Repeat', () => {
  it('counts completed passes', () => {
    const journey = Journey.begin(repeat({ ...body, max: 2 }));
    journey.pass('PT1H').due().performed();
    expect(journey.at).toEqual(['loop', 'night']);
    expect(journey.pass('PT1H').due().performed().last.outcome).toBe('over');
    expect(journey.state.visits).toMatchObject({ loop: 1, night: 2, points: 2 });
    expect(journey.effects.map(({ key }) => key)).toEqual(['i/points/1', 'i/points/2']);
  });

  it('looks at until before the first pass', () => {
    const journey = Journey.begin(repeat({ ...body, max: 9, until: 'contact.score.total >= 0' }));
    expect(journey.steps).toEqual(['loop', 'over']);
  });

  it('looks at until after each wait inside, and leaves the rest of the pass', () => {
    const journey = Journey.begin(repeat({ ...body, max: 9, until: 'contact.score.total > 50' }));
    journey.contact = { ...journey.contact, score: { ...journey.contact.score, total: 60 } };
    expect(journey.pass('PT1H').due().steps).toEqual(['loop', 'night', 'over']);
  });

  it('looks at until before the next pass', () => {
    const journey = Journey.begin(repeat({ ...body, max: 9, until: 'contact.score.total > 50' }))
      .pass('PT1H')
      .due();
    journey.contact = { ...journey.contact, score: { ...journey.contact.score, total: 60 } };
    expect(journey.performed().last.outcome).toBe('over');
  });

  it('makes an until that fails an incident, which a retry takes from the first pass', () => {
    const journey = Journey.begin(repeat({ ...body, max: 2, until: 'contact.attributes.done' }));
    expect(journey.state.tokens).toMatchObject([{ step: 'loop', phase: 'incident' }]);
    journey.contact = { ...journey.contact, attributes: { done: false } };
    expect(journey.control({ do: 'retry', by: 'boss' }).at).toEqual(['loop', 'night']);
  });
});
