import type { JsonObject } from '../json.ts';
import type { Calendar } from '../schema/calendar.ts';
import type { ContactPolicy } from '../schema/contact-policy.ts';
import type { ContactView } from './contact.ts';

/** The data that a decision reads, already loaded. */
export interface Context {
  contact: ContactView;
  deal?: JsonObject;
  ticket?: JsonObject;
  calendars: Record<string, Calendar>;
  policy: ContactPolicy;
}
