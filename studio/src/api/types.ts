import type { JsonObject } from '../../../engine/json.ts';
import type { ContactView, ScoreClass } from '../../../engine/model/contact.ts';
import type { LocalizedText } from '../../../engine/model/effects.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import type { DefinitionRef } from '../../../engine/model/state.ts';
import type { TimelineEntry } from '../../../engine/model/timeline.ts';

/** One page of a list; `next` is the cursor of the page after it. */
export interface Page<T> {
  items: T[];
  next?: string;
}

/** Times in answers of the API: ISO 8601. */
type Instant = string;

export interface MailLine {
  id: string;
  kind: 'email' | 'sms';
  from: string;
  to: string[];
  subject: string;
  text: string;
  receivedAt: Instant;
}

export interface Mail extends MailLine {
  html?: string;
  source?: string;
}

export type { ContactView, DefinitionRef, DomainEvent, JsonObject, LocalizedText, ScoreClass, TimelineEntry };

export interface Contact extends Omit<ContactView, 'createdAt'> {
  createdAt: Instant;
  updatedAt: Instant;
}

/** One entry of the score ledger. */
export interface ScoreEntry {
  id: string;
  axis: 'fit' | 'engagement';
  rule: string;
  group?: string;
  points: number;
  halfLife?: string;
  reason: string;
  at: Instant;
}

/** One line of a contact's timeline: all that ever happened to it, in one order. */
export type ContactMoment = { id: string; at: Instant } & (
  | { kind: 'event'; name: string; data: JsonObject; source: string }
  | { kind: 'score'; axis: 'fit' | 'engagement'; points: number; rule: string; reason: string }
  | {
      kind: 'message';
      channel: string;
      template: string;
      to: string;
      subject?: string;
      status: string;
      skipReason?: string;
      error?: { code: string; message: string };
    }
  | { kind: 'journey'; instance: string; process: string; entry: TimelineEntry }
  | { kind: 'record'; record: 'consent' | 'suppression' | 'merge'; detail: JsonObject }
  | { kind: 'task'; title: LocalizedText; status: string; assignee?: string }
);

export type MomentKind = ContactMoment['kind'];

export interface Instance {
  id: string;
  process: string;
  definition: DefinitionRef;
  contactId: string;
  trigger: DomainEvent;
  status: 'starting' | 'running' | 'paused' | 'ended';
  at: string[];
  deadline?: Instant;
  incidents: { code: string; message: string; at: number; step: string; token: number }[];
  outcome?: string;
  startedAt: Instant;
  endedAt?: Instant;
}

export type InstanceStatus = Instance['status'];

/** How many instances are in each status, stand at each step, ended in each way. */
export interface ProcessCounts {
  steps: Record<string, number>;
  statuses: Partial<Record<InstanceStatus, number>>;
  outcomes: Record<string, number>;
  incidents: number;
  /** Instances at an incident, by step. */
  incidentSteps: Record<string, number>;
}

export interface ProcessLine {
  key: string;
  name: LocalizedText;
  description?: LocalizedText;
  enabled: boolean;
  live?: { hash: string; version: number };
  draft: boolean;
  counts: ProcessCounts;
}

export interface ProcessHead {
  key: string;
  enabled: boolean;
  live?: { hash: string; version: number };
  draft?: JsonObject;
}

export interface Version {
  hash: string;
  version: number;
  body: JsonObject;
  publishedAt: Instant;
  publishedBy: string;
}
