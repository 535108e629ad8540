import { describe, expect, it } from 'vitest';
import { end, Journey, processOf } from './journey.ts';

const points = { id: 'points', type: 'adjust-score', points: 5 };

describe('Failure', () => {
  it('makes a terminal failure an incident at that step, and nothing goes on by itself', () => {
    const journey = Journey.begin(processOf([points, end('over')])).failed();
    expect(journey.state.tokens[0]).toMatchObject({ step: 'points', phase: 'incident', incident: { code: 'broken' } });
    expect(journey.last.deadline).toBeNull();
    expect(journey.kinds).toContain('incident');
  });

  it('keeps taking events while an incident stands', () => {
    const process = processOf([points], { goals: [{ event: 'order.placed', outcome: 'bought' }] });
    expect(Journey.begin(process).failed().event('order.placed').last.outcome).toBe('bought');
  });

  it('keeps an early event that came during an incident for the step after it', () => {
    const process = processOf([
      points,
      { id: 'w', type: 'wait-for-event', event: 'page.viewed', since: 'points' },
      end('over'),
    ]);
    const journey = Journey.begin(process).failed().event('page.viewed').control({ do: 'skip', by: 'boss' });
    expect(journey.last.outcome).toBe('over');
  });

  it('goes to the step that onError names instead', () => {
    const process = processOf([{ ...points, onError: 'rescue' }, end('over'), end('rescue')]);
    const journey = Journey.begin(process).failed();
    expect(journey.last.outcome).toBe('rescue');
    expect(journey.kinds).toContain('incident');
  });

  it('retries under the same effect key', () => {
    const journey = Journey.begin(processOf([points, end('over')]))
      .failed()
      .control({ do: 'retry', by: 'boss' });
    expect(journey.effects.map(({ key }) => key)).toEqual(['i/points/1', 'i/points/1']);
    expect(journey.performed().last.outcome).toBe('over');
    expect(journey.state.visits.points).toBe(1);
  });

  it('skips the step, by a named exit where one is given', () => {
    const process = processOf([
      {
        id: 'call',
        type: 'http-request',
        url: 'https://example.com',
        into: 'answer',
        next: { ok: 'fine', failed: 'bad' },
      },
      end('fine'),
      end('bad'),
    ]);
    expect(Journey.begin(process).failed().control({ do: 'skip', by: 'boss' }).last.outcome).toBe('fine');
    expect(Journey.begin(process).failed().control({ do: 'skip', by: 'boss', exit: 'failed' }).last.outcome).toBe(
      'bad',
    );
  });

  it('makes a failed condition an incident that a retry may mend', () => {
    const branch = {
      id: 'rich',
      type: 'branch',
      cases: [{ name: 'yes', when: 'contact.attributes.income > 10' }],
      next: { yes: 'yes', else: 'no' },
    };
    const journey = Journey.begin(processOf([branch, end('yes'), end('no')]));
    expect(journey.state.tokens[0]?.incident).toMatchObject({ code: 'CONDITION_FIELD_MISSING' });
    journey.contact = { ...journey.contact, attributes: { income: 11 } };
    expect(journey.control({ do: 'retry', by: 'boss' }).last.outcome).toBe('yes');
  });

  it('fails one branch without the others', () => {
    const process = processOf([
      { id: 'both', type: 'parallel', branches: { a: [points], b: [{ id: 'w', type: 'wait', for: 'PT1H' }] } },
      end('over'),
    ]);
    const journey = Journey.begin(process).failed().pass('PT1H').due();
    expect(journey.at).toEqual(['both', 'points']);
    expect(journey.control({ do: 'retry', by: 'boss' }).performed().last.outcome).toBe('over');
  });

  it('ignores an answer to an effect that nobody waits for', () => {
    const journey = Journey.begin(processOf([points, end('over')]));
    journey.performed({}, 'i/other/1');
    expect(journey.at).toEqual(['points']);
  });

  it('bounds the visits of one step: a loop that runs away becomes an incident', () => {
    const steps = [
      { id: 'a', type: 'branch', cases: [{ name: 'x', when: 'false' }], next: 'b' },
      { id: 'b', type: 'branch', cases: [{ name: 'x', when: 'false' }], next: 'a' },
    ];
    const journey = Journey.begin(processOf(steps, { settings: { maxVisits: 5 } }));
    expect(journey.state.tokens[0]).toMatchObject({
      step: 'a',
      phase: 'incident',
      incident: { code: 'MAX_VISITS_EXCEEDED' },
    });
    expect(journey.state.visits).toEqual({ a: 6, b: 5 });
  });

  it('drops an effect that was asked for at the same instant as the end', () => {
    const process = processOf([{ id: 'both', type: 'parallel', branches: { a: [points], b: [end('stopped')] } }]);
    const journey = Journey.begin(process);
    expect(journey.last.outcome).toBe('stopped');
    expect(journey.effects).toEqual([]);
  });
});
