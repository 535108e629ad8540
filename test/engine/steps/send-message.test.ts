import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { defaultPolicy } from '../../../engine/library.ts';
import { contactPolicySchema } from '../../../engine/schema/contact-policy.ts';
import { end, Journey, type JourneyOptions, monday, processOf } from '../process/journey.ts';

const at = (text: string) => Date.parse(text);
const send = (more: JsonObject = {}) => ({
  id: 'mail',
  type: 'send-message',
  channel: 'email',
  template: 'hello',
  ...more,
});
const policy = contactPolicySchema.parse({
  ...defaultPolicy,
  quietHours: { from: '21:00', to: '08:00' },
  sendWindows: { daytime: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '10:00', to: '18:00' } },
});
const library = { policy };
const begin = (more: JsonObject = {}, options: JourneyOptions = {}, settings: JsonObject = {}) =>
  Journey.begin(processOf([send(more), { id: 'pause', type: 'wait', for: 'PT1H' }, end('over')], { settings }), {
    library,
    ...options,
  });
const item = (journey: Journey) => journey.effects.at(-1)?.item;

describe('send-message: the window comes first', () => {
  it('asks at once in a permitted moment', () => {
    expect(item(begin())).toMatchObject({ channel: 'email', template: 'hello', purpose: 'marketing', onCap: 'defer' });
  });

  it('waits for the window to open, in the zone of the contact', () => {
    const journey = begin(
      { sendWindow: 'daytime' },
      { start: at('2026-03-06T15:30:00Z'), contact: { timezone: 'Europe/Moscow' } },
    );
    expect(journey.effects).toEqual([]);
    expect(journey.last.deadline).toBe(at('2026-03-09T10:00:00+03:00'));
    expect(journey.pass('PT63H30M').due().effects).toHaveLength(1);
  });

  it('looks at the zone that is current when the window opens', () => {
    const journey = begin(
      { sendWindow: 'daytime' },
      { start: at('2026-03-02T06:00:00Z'), contact: { timezone: 'Europe/Moscow' } },
    );
    journey.contact = { ...journey.contact, timezone: 'America/New_York' };
    journey.pass('PT1H').due();
    expect(journey.effects).toEqual([]);
    expect(journey.last.deadline).toBe(at('2026-03-02T10:00:00-05:00'));
  });

  it('waits for the end of quiet hours', () => {
    expect(begin({}, { start: at('2026-03-02T22:00:00Z') }).last.deadline).toBe(at('2026-03-03T08:00:00Z'));
  });

  it('lets transactional messages pass', () => {
    expect(
      begin({ purpose: 'transactional', sendWindow: 'daytime' }, { start: at('2026-03-02T22:00:00Z') }).effects,
    ).toHaveLength(1);
  });

  it('scatters those that waited over the spread, each always at its own place', () => {
    const spread = contactPolicySchema.parse({
      ...policy,
      sendWindows: { daytime: { ...policy.sendWindows.daytime, spread: 'PT2H' } },
    });
    const place = () =>
      begin({ sendWindow: 'daytime' }, { start: at('2026-03-02T06:00:00Z'), library: { policy: spread } }).last
        .deadline;
    expect(place()).toBeGreaterThanOrEqual(at('2026-03-02T10:00:00Z'));
    expect(place()).toBeLessThanOrEqual(at('2026-03-02T12:00:00Z'));
    expect(place()).toBe(place());
  });
});

describe('send-message: then the gate', () => {
  it('goes on by sent, and later waits count from there', () => {
    const journey = begin().pass('PT5M').performed({ verdict: 'sent', message: 'm' });
    expect(journey.last.deadline).toBe(monday + 300_000 + 3_600_000);
    expect(journey.kinds).toContain('performed');
  });

  it('goes on by skipped with the reason; without a map both exits go on', () => {
    const journey = begin().performed({ verdict: 'skipped', reason: 'no-consent' });
    expect(journey.at).toEqual(['pause']);
    expect(journey.timeline.find(({ kind }) => kind === 'skipped')?.detail).toEqual({
      exit: 'skipped',
      reason: 'no-consent',
    });
  });

  it('takes the exits of a map', () => {
    const process = processOf([send({ next: { sent: 'yes', skipped: 'no' } }), end('yes'), end('no')]);
    expect(Journey.begin(process).performed({ verdict: 'sent', message: 'm' }).last.outcome).toBe('yes');
    expect(Journey.begin(process).performed({ verdict: 'skipped', reason: 'cap' }).last.outcome).toBe('no');
  });

  it('waits when it is deferred and asks again under the same key, with the same bound', () => {
    const journey = begin({ maxDefer: 'P2D' }).performed({
      verdict: 'deferred',
      reason: 'cap',
      until: monday + 7_200_000,
    });
    expect(journey.last.deadline).toBe(monday + 7_200_000);
    expect(journey.kinds).toContain('deferred');
    journey.pass('PT2H').due();
    expect(journey.effects.map(({ key }) => key)).toEqual(['i/mail/1', 'i/mail/1']);
    expect(journey.effects.map((effect) => effect.name === 'send-message' && effect.item.deferUntil)).toEqual([
      monday + 2 * 86_400_000,
      monday + 2 * 86_400_000,
    ]);
  });

  it('takes purpose, window and caps from the step, else the settings, else the policy', () => {
    const settings = { purpose: 'transactional', onCap: 'drop', maxDefer: 'P1D', priority: 80 };
    expect(item(begin({}, {}, settings))).toMatchObject({
      purpose: 'transactional',
      onCap: 'drop',
      deferUntil: monday + 86_400_000,
      priority: 80,
    });
    expect(item(begin({ purpose: 'marketing', onCap: 'defer' }, {}, settings))).toMatchObject({
      purpose: 'marketing',
      onCap: 'defer',
    });
    expect(item(begin())).toMatchObject({ deferUntil: monday + 3 * 86_400_000 });
  });

  it('goes to the contact, its owner, or a computed address', () => {
    expect(item(begin())).not.toHaveProperty('to');
    expect(item(begin({ to: 'owner' }))).toMatchObject({ to: { owner: true } });
    const computed = begin({ to: { cel: 'trigger.email' } }, { trigger: { email: 'boss@example.com' } });
    expect(item(computed)).toMatchObject({ to: { address: 'boss@example.com' } });
    expect(begin({ to: { cel: 'trigger.email' } }, { trigger: { email: '' } }).state.tokens[0]?.incident?.code).toBe(
      'ADDRESS_NOT_FOUND',
    );
  });

  it('lets an unsubscribe skip later sends, and end the process only where exits say so', () => {
    const steps = [{ id: 'pause', type: 'wait', for: 'PT1H' }, send(), end('over')];
    const quiet = Journey.begin(processOf(steps)).event('contact.unsubscribed').pass('PT1H').due();
    expect(quiet.at).toEqual(['mail']);
    const told = processOf(steps, { exits: [{ event: 'contact.unsubscribed', outcome: 'unsubscribed' }] });
    expect(Journey.begin(told).event('contact.unsubscribed').last.outcome).toBe('unsubscribed');
  });
});
