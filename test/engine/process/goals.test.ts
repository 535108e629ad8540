import { describe, expect, it } from 'vitest';
import { interests, isInterested } from '../../../engine/process/interests.ts';
import { Journey, processOf } from './journey.ts';

const wait = [{ id: 'pause', type: 'wait', for: 'P1D' }];

describe('Goals and exits', () => {
  it('are watched while a step waits, and are written in the outcome with what was read', () => {
    const process = processOf(wait, {
      goals: [{ event: 'order.placed', when: 'event.total >= 100', outcome: 'bought' }],
    });
    const journey = Journey.begin(process).event('order.placed', { total: 50 });
    expect(journey.state.status).toBe('running');
    journey.event('order.placed', { total: 100 });
    expect(journey.last.outcome).toBe('bought');
    expect(journey.timeline.find(({ kind }) => kind === 'goal')?.detail).toMatchObject({
      read: { 'event.total': 100 },
    });
  });

  it('count when they come true before the first step', () => {
    const process = processOf([{ id: 'points', type: 'adjust-score', points: 5 }], {
      goals: [{ event: 'order.placed', outcome: 'bought' }],
    });
    const journey = new Journey(process).event('order.placed').move({ type: 'started', at: 0 });
    expect(journey.last.outcome).toBe('bought');
    expect(journey.effects).toEqual([]);
  });

  it('count a condition on the contact that holds at the start', () => {
    const process = processOf(wait, { exits: [{ when: 'contact.score.class == "hot"', outcome: 'hot-already' }] });
    const contact = { score: { fit: 0, engagement: 90, total: 90, class: 'hot' as const } };
    const journey = Journey.begin(process, { contact });
    expect(journey.last.outcome).toBe('hot-already');
    expect(journey.steps).toEqual([]);
  });

  it('do not take the trigger itself for the event of a goal', () => {
    const process = processOf(wait, { goals: [{ event: 'test.began', outcome: 'again' }] });
    expect(Journey.begin(process).state.status).toBe('running');
  });

  it('look at a condition when an event comes, not by polling', () => {
    const process = processOf(wait, { goals: [{ when: 'contact.score.total > 50', outcome: 'warm' }] });
    const journey = Journey.begin(process);
    journey.contact = { ...journey.contact, score: { fit: 0, engagement: 60, total: 60, class: 'warm' } };
    expect(journey.pass('PT1H').due().state.status).toBe('running');
    expect(journey.event('contact.changed').last.outcome).toBe('warm');
  });

  it('are not met by a field that is not there', () => {
    const process = processOf(wait, { goals: [{ when: 'contact.attributes.plan == "pro"', outcome: 'upgraded' }] });
    const journey = Journey.begin(process).event('contact.changed');
    expect(journey.state.status).toBe('running');
    expect(journey.kinds).not.toContain('incident');
  });

  it('show a condition that fails, and the instance goes on', () => {
    const process = processOf(wait, {
      goals: [{ event: 'order.placed', when: 'event.total + 1 > "a"', outcome: 'bought' }],
    });
    const journey = Journey.begin(process).event('order.placed', { total: 5 });
    expect(journey.state.status).toBe('running');
    expect(journey.kinds).toContain('incident');
  });
});

describe('Interests', () => {
  it('are the events of goals, exits and waits', () => {
    const process = processOf([{ id: 'w', type: 'wait-for-event', event: 'page.viewed' }], {
      goals: [{ event: 'order.placed', outcome: 'bought' }],
      exits: [{ event: 'contact.unsubscribed', outcome: 'gone' }],
    });
    expect(interests(process)).toEqual({
      events: new Set(['order.placed', 'contact.unsubscribed', 'page.viewed']),
      changes: false,
      all: false,
    });
  });

  it('are the changes of the subject where a wait looks at a date', () => {
    const process = processOf([{ id: 'w', type: 'wait', until: 'contact.attributes.renewal' }]);
    const event = { id: 'e', occurredAt: 0, seq: 2, data: {} };
    expect(isInterested(process, { ...event, name: 'contact.changed' })).toBe(true);
    expect(isInterested(process, { ...event, name: 'page.viewed' })).toBe(false);
  });

  it('are all events where a goal is a condition alone', () => {
    const process = processOf(wait, { goals: [{ when: 'contact.score.total > 50', outcome: 'warm' }] });
    expect(isInterested(process, { id: 'e', name: 'page.viewed', occurredAt: 0, seq: 2, data: {} })).toBe(true);
  });
});
