import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { end, Journey, processOf } from '../process/journey.ts';

const ask: JsonObject = {
  id: 'ask',
  type: 'request-approval',
  title: 'A discount',
  stages: [{ id: 'board', approvers: [{ user: 'anna' }] }],
  into: 'approval',
};

const wait = (id: string, event: string): JsonObject => ({ id, type: 'wait-for-event', event });

/** One that has asked, and waits for the outcome. */
function asked(steps: JsonObject[], more: JsonObject = {}): Journey {
  const journey = Journey.begin(processOf(steps, more));
  return journey.performed({ approval: 'a1' }, 'i/ask/1');
}

const taken = ({ last }: Journey) => last.effects.map(({ name, item }) => ({ name, item }));
const back = { name: 'abandon-approval', item: { request: 'i/ask/1' } };

describe('an approval whose process does not wait for it any more', () => {
  it('is taken back when the instance is cancelled, meets a goal or takes an exit', () => {
    expect(taken(asked([ask]).control({ do: 'cancel', by: 'anna' }))).toEqual([back]);
    const ends = {
      goals: [{ event: 'order.placed', outcome: 'bought' }],
      exits: [{ event: 'contact.unsubscribed', outcome: 'gone' }],
    };
    for (const event of ['order.placed', 'contact.unsubscribed']) {
      const { last } = asked([ask], ends).event(event);
      expect(last.state.status).toBe('ended');
      expect(last.effects).toMatchObject([{ ...back, key: 'i/ask/1/abandoned', instance: 'i' }]);
    }
  });

  it('is taken back when its step is skipped, and when another branch ends the list in which it stands', () => {
    const skipped = asked([ask, wait('later', 'test.one')]).control({ do: 'skip', by: 'anna' });
    expect([skipped.at, taken(skipped)]).toEqual([['later'], [back]]);
    const branches = { asking: [ask], other: [wait('other', 'test.one')] };
    const race = { id: 'race', type: 'parallel', join: 'any', branches };
    const raced = asked([race, wait('later', 'test.two')]).event('test.one');
    expect([raced.at, taken(raced)]).toEqual([['later'], [back]]);
  });

  it('is taken back while the request is still under way', () => {
    expect(taken(Journey.begin(processOf([ask])).control({ do: 'cancel', by: 'anna' }))).toEqual([back]);
  });

  it('is left alone after its own outcome, after a request that failed, and where it was never made', () => {
    const approval = { id: 'a1', outcome: 'approved', step: { instance: 'i', id: 'ask', visit: 1 } };
    const decided = asked([ask, end('over')]).event('approval.decided', { outcome: 'approved', approval });
    expect([decided.last.outcome, taken(decided)]).toEqual(['over', []]);
    const failed = Journey.begin(processOf([ask]))
      .failed()
      .control({ do: 'cancel', by: 'anna' });
    expect([failed.last.outcome, taken(failed)]).toEqual(['cancelled', []]);
    const both = { id: 'both', type: 'parallel', branches: { asking: [ask], ending: [end('over')] } };
    const never = Journey.begin(processOf([both]));
    expect([never.last.outcome, taken(never)]).toEqual(['over', []]);
  });
});
