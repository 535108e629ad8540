import { emptyLibrary, type Library } from '../../../engine/library.ts';
import { calendarSchema } from '../../../engine/schema/calendar.ts';
import { formSchema } from '../../../engine/schema/form.ts';
import { segmentSchema } from '../../../engine/schema/segment.ts';

/** A small company: two templates, an office, a segment, a form, a send window. */
export function smallLibrary(): Library {
  const library = emptyLibrary();
  const languages = ['en', 'ru'] as const;
  library.templates = {
    'email/hello': { channel: 'email', purpose: 'marketing', languages, variables: [] },
    'email/cart': { channel: 'email', purpose: 'marketing', languages, variables: ['trigger.cartUrl'] },
    'email/rate': { channel: 'email', purpose: 'marketing', languages, variables: ['vars.answer.body.rate'] },
    'email/mark': { channel: 'email', purpose: 'marketing', languages, variables: ['surveyUrl'] },
    'email/number': { channel: 'email', purpose: 'marketing', languages, variables: ['ticket.number', 'ticket.nmber'] },
    'sms/hello': { channel: 'sms', purpose: 'transactional', languages: ['en'], variables: ['contact.firstName'] },
  };
  library.calendars.office = calendarSchema.parse({
    kind: 'calendar',
    key: 'office',
    name: 'Office',
    timezone: 'Europe/Moscow',
    hours: { mon: [{ from: '09:00', to: '18:00' }] },
  });
  library.segments.silent = segmentSchema.parse({ kind: 'segment', key: 'silent', name: 'Silent' });
  library.forms.website = formSchema.parse({
    kind: 'form',
    key: 'website',
    name: 'Website',
    event: 'form.submitted',
    fields: [{ name: 'phone', label: 'Phone', type: 'phone', maps: 'phone' }],
  });
  library.policy = {
    ...library.policy,
    sendWindows: { daytime: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '10:00', to: '18:00' } },
  };
  return library;
}

export type Draft = Record<string, unknown>;

/** A process without a mistake, with changes. */
export function draft(changes: Draft = {}): Draft {
  return {
    kind: 'process',
    key: 'funnel',
    name: 'Funnel',
    triggers: [{ on: 'event', event: 'lead.created' }],
    goals: [{ event: 'order.placed', outcome: 'bought' }],
    exits: [{ event: 'contact.unsubscribed', outcome: 'unsubscribed' }],
    steps: [
      { id: 'pause', type: 'wait', for: 'PT1H' },
      { id: 'hello', type: 'send-message', channel: 'email', template: 'hello' },
    ],
    scenarios: [
      {
        name: 'says hello',
        given: { contact: { email: 'a@example.com' } },
        events: [{ at: 'PT0S', event: 'lead.created' }],
        expect: { outcome: 'completed', messages: [{ template: 'hello', after: 'PT1H' }] },
      },
    ],
    ...changes,
  };
}
