import { describe, expect, it } from 'vitest';
import { end, Journey, monday, processOf } from './journey.ts';

const hour = 3_600_000;

const waiting = () =>
  processOf([
    {
      id: 'reply',
      type: 'wait-for-event',
      event: 'mail.replied',
      within: 'PT1H',
      next: { received: 'answered', timeout: 'silent' },
    },
    end('answered'),
    end('silent'),
  ]);

describe('Order', () => {
  it('lets an exit win over a goal met by the same event', () => {
    const process = processOf([{ id: 'pause', type: 'wait', for: 'PT1H' }], {
      goals: [{ event: 'order.placed', outcome: 'bought' }],
      exits: [{ event: 'order.placed', outcome: 'left' }],
    });
    expect(Journey.begin(process).event('order.placed').last.outcome).toBe('left');
  });

  it('lets a goal win over the waiting step that wants the same event', () => {
    const process = processOf([{ id: 'reply', type: 'wait-for-event', event: 'order.placed' }, end('received')], {
      goals: [{ event: 'order.placed', outcome: 'bought' }],
    });
    expect(Journey.begin(process).event('order.placed').last.outcome).toBe('bought');
  });

  it('lets an event at the very deadline beat the timer when both wait to be processed', () => {
    const journey = Journey.begin(waiting()).pass('PT2H');
    journey.event('mail.replied', {}, { at: monday + hour });
    expect(journey.last.outcome).toBe('answered');
  });

  it('lets the timer go first when the event is later than the deadline', () => {
    const journey = Journey.begin(waiting()).pass('PT2H');
    journey.event('mail.replied', {}, { at: monday + hour + 1 });
    expect(journey.last.outcome).toBe('silent');
  });

  it('keeps what a timer already did', () => {
    const journey = Journey.begin(waiting()).pass('PT1H').due();
    expect(journey.last.outcome).toBe('silent');
    journey.event('mail.replied', {}, { at: monday + hour / 2 });
    expect(journey.last.outcome).toBe('silent');
    expect(journey.last.timeline).toEqual([]);
  });

  it('obeys a control before the timer of the same instant', () => {
    const journey = Journey.begin(waiting()).pass('PT1H');
    journey.control({ do: 'cancel', by: 'boss' });
    expect(journey.last.outcome).toBe('cancelled');
    expect(journey.due().last.outcome).toBe('cancelled');
  });

  it('drops an event that it has already taken', () => {
    const process = processOf([
      { id: 'first', type: 'wait-for-event', event: 'page.viewed' },
      { id: 'second', type: 'wait-for-event', event: 'page.viewed' },
      end('both'),
    ]);
    const journey = Journey.begin(process).event('page.viewed', {}, { seq: 5 });
    const before = journey.state;
    journey.event('page.viewed', {}, { seq: 5 });
    expect(journey.state).toEqual(before);
    expect(journey.at).toEqual(['second']);
  });

  it('drops a control that it has already obeyed', () => {
    const journey = Journey.begin(waiting()).control({ do: 'pause', by: 'boss' });
    journey.move({ type: 'control', at: journey.now, seq: 1, control: { do: 'cancel', by: 'boss' } });
    expect(journey.state.status).toBe('paused');
  });

  it('fires timers that were missed as of their own deadlines, one after another', () => {
    const process = processOf([
      { id: 'a', type: 'wait', for: 'PT1H' },
      { id: 'b', type: 'wait', for: 'PT1H' },
      end('over'),
    ]);
    const journey = Journey.begin(process).pass('PT5H').due();
    expect(journey.last.outcome).toBe('over');
    expect(journey.state.endedAt).toBe(monday + 2 * hour);
  });
});

describe('Occurrence counts, not arrival', () => {
  it('counts the first wait from the moment at which the trigger happened', () => {
    const journey = new Journey(processOf([{ id: 'pause', type: 'wait', for: 'PT1H' }]));
    journey.pass('PT10M').move({ type: 'started', at: journey.now });
    expect(journey.last.deadline).toBe(monday + hour);
  });

  it('counts a wait after an event from the moment at which the event happened', () => {
    const process = processOf([
      { id: 'reply', type: 'wait-for-event', event: 'mail.replied' },
      { id: 'pause', type: 'wait', for: 'PT1H' },
    ]);
    const journey = Journey.begin(process)
      .pass('PT30M')
      .event('mail.replied', {}, { at: monday + 60_000 });
    expect(journey.last.deadline).toBe(monday + 60_000 + hour);
  });
});

describe('Time', () => {
  it('gives deadlines whole-second precision, never sooner than asked', () => {
    const start = monday + 250;
    const journey = Journey.begin(processOf([{ id: 'pause', type: 'wait', for: 'PT1H' }]), { start });
    expect(journey.last.deadline).toBe(monday + hour + 1000);
  });
});
