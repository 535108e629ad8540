import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { inboxLimit } from '../../../engine/process/inbox.ts';
import { end, Journey, monday, processOf } from '../process/journey.ts';

const send = { id: 'remind', type: 'send-message', channel: 'email', template: 'reminder' };
const waitFor = (more: JsonObject) => ({ id: 'clicked', type: 'wait-for-event', event: 'message.clicked', ...more });
const journeyOf = (...steps: JsonObject[]) => Journey.begin(processOf([...steps, end('over')]));
const sent = { verdict: 'sent', message: 'm' };

describe('wait-for-event', () => {
  it('leaves by received, with what it read, or by timeout', () => {
    const process = processOf([
      waitFor({ within: 'PT1H', when: 'event.link == trigger.link', next: { received: 'yes', timeout: 'no' } }),
      end('yes'),
      end('no'),
    ]);
    const journey = Journey.begin(process, { trigger: { link: 'a' } }).event('message.clicked', { link: 'b' });
    expect(journey.at).toEqual(['clicked']);
    journey.event('message.clicked', { link: 'a' });
    expect(journey.last.outcome).toBe('yes');
    expect(journey.timeline.find(({ kind }) => kind === 'received')?.detail).toMatchObject({
      eventId: 'e3',
      read: { 'event.link': 'a', 'trigger.link': 'a' },
    });
    expect(
      Journey.begin(process, { trigger: { link: 'a' } })
        .pass('PT1H')
        .due().last.outcome,
    ).toBe('no');
  });
});

describe('Early events', () => {
  it('of: takes an event of the message that came before the wait began', () => {
    const journey = journeyOf(send, { id: 'pause', type: 'wait', for: 'PT1H' }, waitFor({ of: 'remind' })).performed(
      sent,
    );
    journey.event('message.clicked', {}, { message: 'i/remind/1' });
    expect(journey.pass('PT1H').due().last.outcome).toBe('over');
    expect(journey.timeline.find(({ kind }) => kind === 'received')?.detail).toMatchObject({ early: true });
  });

  it('of: leaves events of other messages alone', () => {
    const journey = journeyOf(send, waitFor({ of: 'remind' })).performed(sent);
    journey.event('message.clicked', {}, { message: 'i/other/1' }).event('message.clicked');
    expect(journey.at).toEqual(['clicked']);
    expect(journey.event('message.clicked', {}, { message: 'i/remind/1' }).last.outcome).toBe('over');
  });

  it('since: takes an event that came since the step was entered, or since the entry', () => {
    const early = (since: string) =>
      journeyOf(
        { id: 'first', type: 'wait', for: 'PT1H' },
        { id: 'second', type: 'wait', for: 'PT1H' },
        waitFor({ since }),
      )
        .event('message.clicked')
        .pass('PT2H')
        .due();
    expect(early('first').last.outcome).toBe('over');
    expect(early('entry').last.outcome).toBe('over');
    expect(early('second').at).toEqual(['clicked']);
  });

  it('else: takes only what happens from now on', () => {
    const journey = journeyOf({ id: 'pause', type: 'wait', for: 'PT1H' }, waitFor({}))
      .event('message.clicked')
      .pass('PT1H')
      .due();
    expect(journey.at).toEqual(['clicked']);
    journey.event('message.clicked', {}, { at: monday + 60_000 });
    expect(journey.at).toEqual(['clicked']);
    expect(journey.event('message.clicked').last.outcome).toBe('over');
  });

  it('takes each event once', () => {
    const journey = journeyOf(waitFor({ since: 'entry' }), { ...waitFor({ since: 'entry' }), id: 'again' }).event(
      'message.clicked',
    );
    expect(journey.at).toEqual(['again']);
    expect(journey.event('message.clicked').last.outcome).toBe('over');
  });

  it('takes each event once among branches that wait for the same', () => {
    const branches = { a: [waitFor({})], b: [{ ...waitFor({}), id: 'other' }] };
    const journey = journeyOf({ id: 'both', type: 'parallel', branches }).event('message.clicked');
    expect(journey.at).toEqual(['both', 'other']);
  });

  it('keeps only events that a step may take early, and no more than a bound', () => {
    const journey = journeyOf({ id: 'pause', type: 'wait', for: 'PT1H' }, waitFor({ since: 'entry' }));
    journey.event('page.viewed');
    for (let n = 0; n < inboxLimit + 5; n += 1) journey.event('message.clicked', { n });
    expect(journey.state.inbox).toHaveLength(inboxLimit);
    expect(journey.state.inbox[0]?.data).toEqual({ n: 5 });
  });

  it('makes a condition that fails an incident at the step', () => {
    const journey = journeyOf(waitFor({ when: 'event.total > 5' })).event('message.clicked');
    expect(journey.state.tokens[0]?.incident).toMatchObject({ code: 'CONDITION_FIELD_MISSING' });
  });
});
