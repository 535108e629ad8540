import { describe, expect, it } from 'vitest';
import type { Arrival } from '../../activities/contract.ts';
import { moveInstance } from '../../activities/move.ts';
import type { Move } from '../../activities/reducers/reducer.ts';
import type { JsonObject } from '../../engine/json.ts';
import { emptyLibrary } from '../../engine/library.ts';
import type { InstanceState } from '../../engine/model/state.ts';
import { startInstance } from '../../engine/process/start.ts';
import { anna, end, monday, processOf } from '../engine/process/journey.ts';
import { event } from '../support/records.ts';

const { calendars, policy } = emptyLibrary();
const second = 1_000;

/** An instance that has begun, moved by all that arrived until `now`. */
function moved(steps: JsonObject[], arrivals: Arrival[], now: number, more: JsonObject = {}): Move<InstanceState> {
  const process = processOf(steps, more);
  const definition = { key: process.key, version: 1, hash: 'h' };
  const subject = { kind: 'contact' as const, id: anna.id, contactId: anna.id };
  const trigger = event('test.began', 1, monday);
  const state = startInstance({ id: 'i', process, definition, subject, trigger, now: monday, seed: 7 });
  const sight = { ok: true as const, context: { contact: anna, calendars, policy } };
  const begun = moveInstance(process, state, [], sight, monday);
  return moveInstance(process, begun.state, arrivals, sight, now);
}

const arrival = (name: string, seq: number, at: number): Arrival => {
  return { instance: 'i', type: 'event', event: event(name, seq, at) };
};

describe('what comes in one turn', () => {
  it('is taken in the order of the events’ numbers, however it arrived', () => {
    const steps: JsonObject[] = [
      { id: 'first', type: 'wait-for-event', event: 'test.one' },
      { id: 'second', type: 'wait-for-event', event: 'test.two' },
      end('both'),
    ];
    const late = [arrival('test.two', 3, monday + 2 * second), arrival('test.one', 2, monday + second)];
    expect(moved(steps, late, monday + 3 * second).state).toMatchObject({
      status: 'ended',
      outcome: 'both',
      lastSeq: 3,
    });
  });

  it('beats the timer when it happened before the deadline, and only then', () => {
    const steps: JsonObject[] = [
      {
        id: 'call',
        type: 'wait-for-event',
        event: 'test.one',
        within: 'PT10S',
        next: { received: 'yes', timeout: 'no' },
      },
      end('yes'),
      end('no'),
    ];
    const outcome = (at: number) =>
      moved(steps, [arrival('test.one', 2, monday + at * second)], monday + 60 * second).state.outcome;
    expect([outcome(10), outcome(11)]).toEqual(['yes', 'no']);
  });

  it('ends it before what its step asked for is performed, when a goal is among it', () => {
    const steps: JsonObject[] = [
      { id: 'call', type: 'wait-for-event', event: 'test.one' },
      { id: 'task', type: 'create-task', title: 'x', assignee: { user: 'a' } },
    ];
    const both = [arrival('test.one', 2, monday + second), arrival('test.goal', 3, monday + second)];
    const { state, effects } = moved(steps, both, monday + 2 * second, {
      goals: [{ event: 'test.goal', outcome: 'met' }],
    });
    expect(state).toMatchObject({ status: 'ended', outcome: 'met' });
    expect(effects).toEqual([]);
  });

  it('takes no approval back that was asked for in the same turn, and so never made', () => {
    const stages = [{ id: 'board', approvers: [{ user: 'a' }] }];
    const ask = { id: 'ask', type: 'request-approval', title: 'x', stages, into: 'approval' };
    const goal = { goals: [{ event: 'test.goal', outcome: 'met' }] };
    const steps: JsonObject[] = [{ id: 'call', type: 'wait-for-event', event: 'test.one' }, ask];
    const both = [arrival('test.one', 2, monday + second), arrival('test.goal', 3, monday + second)];
    expect(moved(steps, both, monday + 2 * second, goal).effects).toEqual([]);
    const [first] = moved([ask], [arrival('test.goal', 2, monday + second)], monday + 2 * second, goal).effects;
    expect(first).toMatchObject({ name: 'abandon-approval', item: { request: 'i/ask/1' } });
  });
});
