import type { Channel, Language, Purpose } from './model/contact.ts';
import type { DocumentFormat } from './model/document.ts';
import type { Calendar } from './schema/calendar.ts';
import type { ContactPolicy } from './schema/contact-policy.ts';
import type { Form } from './schema/form.ts';
import type { Definition, Pipeline, Process, Sla } from './schema/index.ts';
import type { Routing } from './schema/routing.ts';
import type { Scoring } from './schema/scoring.ts';
import type { Segment } from './schema/segment.ts';

/** What is known of one message template: enough to check the steps that name it. */
export interface TemplateInfo {
  /** `document`: not a message. */
  channel: Channel | 'document';
  /** What it is written for. */
  purpose: Purpose;
  languages: readonly Language[];
  /** Of a document. */
  formats?: readonly DocumentFormat[];
  /** Paths that the template reads outside of `{{#if}}`, e.g. `trigger.cartUrl`. */
  variables: readonly string[];
}

/** By `channel/template`. */
export type TemplateCatalogue = Record<string, TemplateInfo>;

/** Somebody of the company whom definitions may name. */
export interface Colleague {
  key: string;
  role: string;
  active: boolean;
  team?: string | undefined;
  skills: readonly string[];
}

/** Everything that a definition may refer to, by key. */
export interface Library {
  processes: Record<string, Process>;
  calendars: Record<string, Calendar>;
  segments: Record<string, Segment>;
  scoring?: Scoring;
  policy: ContactPolicy;
  forms: Record<string, Form>;
  slas: Record<string, Sla>;
  routings: Record<string, Routing>;
  pipelines: Record<string, Pipeline>;
  templates: TemplateCatalogue;
  /** The people of the company, where they are known; without them nobody's key or role is checked. */
  people?: readonly Colleague[];
}

/** The policy of a company that has not written one: no caps, no quiet hours, UTC. */
export const defaultPolicy: ContactPolicy = {
  kind: 'contact-policy',
  key: 'default',
  name: 'Default',
  company: { name: 'Company', timezone: 'UTC', language: 'en', currency: 'RUB', from: 'Company <hello@example.com>' },
  caps: [],
  sendWindows: {},
  unknownZone: 'company',
  maxDefer: 'P3D',
};

export function emptyLibrary(): Library {
  return {
    processes: {},
    calendars: {},
    segments: {},
    policy: defaultPolicy,
    forms: {},
    slas: {},
    routings: {},
    pipelines: {},
    templates: {},
  };
}

/** The library of these definitions; of two with the same kind and key the later one counts. */
export function libraryOf(definitions: Iterable<Definition>, templates: TemplateCatalogue = {}): Library {
  const library = { ...emptyLibrary(), templates };
  for (const definition of definitions) file(library, definition);
  return library;
}

function file(library: Library, definition: Definition): void {
  switch (definition.kind) {
    case 'process':
      library.processes[definition.key] = definition;
      break;
    case 'calendar':
      library.calendars[definition.key] = definition;
      break;
    case 'segment':
      library.segments[definition.key] = definition;
      break;
    case 'form':
      library.forms[definition.key] = definition;
      break;
    case 'sla':
      library.slas[definition.key] = definition;
      break;
    case 'routing':
      library.routings[definition.key] = definition;
      break;
    case 'pipeline':
      library.pipelines[definition.key] = definition;
      break;
    case 'scoring':
      library.scoring = definition;
      break;
    case 'contact-policy':
      library.policy = definition;
      break;
  }
}
