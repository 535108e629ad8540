import { describe, expect, it } from 'vitest';
import { end, Journey, monday, processOf } from './journey.ts';

const hour = 3_600_000;
const pause = { do: 'pause', by: 'boss' } as const;
const resume = { do: 'resume', by: 'boss' } as const;

const twoWaits = processOf([
  { id: 'a', type: 'wait', for: 'PT1H' },
  { id: 'b', type: 'wait', for: 'PT1H' },
  end('over'),
]);

describe('Pause', () => {
  it('does nothing when a timer comes, and asks for none', () => {
    const journey = Journey.begin(twoWaits).control(pause);
    expect(journey.last.deadline).toBeNull();
    journey.pass('PT2H').due();
    expect(journey.at).toEqual(['a']);
    expect(journey.last.timeline).toEqual([]);
  });

  it('fires an overdue timer at once on resume; what follows counts from there', () => {
    const journey = Journey.begin(twoWaits).control(pause).pass('PT3H').control(resume);
    expect(journey.at).toEqual(['b']);
    expect(journey.last.deadline).toBe(monday + 4 * hour);
  });

  it('fires overdue timers in their order', () => {
    const process = processOf([
      {
        id: 'both',
        type: 'parallel',
        branches: {
          slow: [{ id: 'long', type: 'wait', for: 'PT2H' }],
          fast: [{ id: 'short', type: 'wait', for: 'PT1H' }],
        },
      },
    ]);
    const journey = Journey.begin(process).control(pause).pass('PT5H').control(resume);
    const left = journey.timeline.flatMap(({ kind, step }) => (kind === 'left' ? [step] : []));
    expect(left).toEqual(['short', 'long', 'both']);
  });

  it('moves timers by the length of the pause with extend', () => {
    const journey = Journey.begin(twoWaits)
      .pass('PT10M')
      .control(pause)
      .pass('PT3H')
      .control({ ...resume, extend: true });
    expect(journey.at).toEqual(['a']);
    expect(journey.last.deadline).toBe(monday + 4 * hour);
  });

  it('takes events, in order, and plays them on resume among the overdue timers', () => {
    const process = processOf([
      { id: 'first', type: 'wait-for-event', event: 'page.viewed', within: 'PT1H', next: { timeout: 'missed' } },
      { id: 'second', type: 'wait-for-event', event: 'page.left' },
      end('both'),
      end('missed'),
    ]);
    const journey = Journey.begin(process)
      .control(pause)
      .pass('PT30M')
      .event('page.viewed')
      .event('page.left')
      .pass('PT2H');
    expect(journey.state.held).toHaveLength(2);
    journey.control(resume);
    expect(journey.steps).toEqual(['first', 'second', 'both']);
    expect(journey.last.outcome).toBe('both');
    expect(journey.state.held).toEqual([]);
  });

  it('keeps an early event of the pause for a step that counts since one entered in it', () => {
    const process = processOf([
      { id: 'first', type: 'wait-for-event', event: 'page.viewed' },
      { id: 'night', type: 'wait', for: 'PT1H' },
      { id: 'second', type: 'wait-for-event', event: 'page.left', since: 'night' },
      end('both'),
    ]);
    const journey = Journey.begin(process).control(pause).pass('PT10M').event('page.viewed');
    journey.pass('PT10M').event('page.left').pass('PT10M').control(resume).pass('PT1H').due();
    expect(journey.last.outcome).toBe('both');
  });

  it('lets an overdue timer beat an event of the pause that came after its deadline', () => {
    const process = processOf([
      { id: 'reply', type: 'wait-for-event', event: 'mail.replied', within: 'PT1H', next: { timeout: 'silent' } },
      end('answered'),
      end('silent'),
    ]);
    const journey = Journey.begin(process).control(pause).pass('PT2H').event('mail.replied').control(resume);
    expect(journey.last.outcome).toBe('silent');
  });

  it('ends by a goal that was met during the pause', () => {
    const process = processOf([{ id: 'a', type: 'wait', for: 'P1D' }], {
      goals: [{ event: 'order.placed', outcome: 'bought' }],
    });
    const journey = Journey.begin(process).control(pause).event('order.placed');
    expect(journey.last.outcome).toBeUndefined();
    expect(journey.control(resume).last.outcome).toBe('bought');
  });

  it('keeps the answer of an effect until the resume', () => {
    const process = processOf([{ id: 'points', type: 'adjust-score', points: 5 }, end('over')]);
    const journey = Journey.begin(process).control(pause).performed();
    expect(journey.at).toEqual(['points']);
    expect(journey.control(resume).last.outcome).toBe('over');
  });

  it('is cancelled while it is paused', () => {
    const journey = Journey.begin(twoWaits).control(pause).control({ do: 'cancel', by: 'boss', reason: 'wrong list' });
    expect(journey.state.status).toBe('ended');
    expect(journey.last.outcome).toBe('cancelled');
  });
});
