import type { ApprovalItem } from '../approval/item.ts';
import type { DocumentContent } from '../documents/request.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Channel, Purpose } from './contact.ts';
import type { DocumentFormat } from './document.ts';
import type { DefinitionRef, SubjectRef } from './state.ts';
import type { SurveyKind } from './survey.ts';
import type { TaskOutcome } from './task.ts';
import type { TicketPriority } from './ticket.ts';

/**
 * What a step asks of the world. `key` is `instance/step/visit`: the record that the effect makes holds it under a
 * unique index, so that a retry finds it and does nothing twice.
 */
export type Effect = {
  [N in EffectName]: { name: N; key: string; instance: string; item: EffectItems[N] };
}[EffectName];

export type EffectName = keyof EffectItems;

export type EffectOf<N extends EffectName> = Extract<Effect, { name: N }>;

export interface EffectItems {
  'update-record': { subject: SubjectRef; set: Record<string, Json> };
  'adjust-score': { contactId: string; axis: 'fit' | 'engagement'; points: number; reason: string };
  'change-segment': { contactId: string; segment: string; change: 'add' | 'remove' };
  'send-message': SendMessageItem;
  'notify-user': { to: Assignee; subject: SubjectRef; text: LocalizedText; process: string };
  'create-task': {
    subject: SubjectRef;
    title: LocalizedText;
    description?: LocalizedText;
    assignee: Assignee;
    /** Epoch ms. */
    due: number | null;
    remindAt?: number;
    outcomes?: TaskOutcome[];
    process: string;
  };
  'assign-owner': {
    subject: SubjectRef;
    among: Among;
    strategy: 'round-robin' | 'least-loaded';
    keep: boolean;
  };
  /** A ticket for the subject's contact. */
  'create-ticket': { subject: SubjectRef; title: string; text: string; ticket: TicketFields; process: string };
  /** A deal of the subject's contact. */
  'create-deal': {
    subject: SubjectRef;
    pipeline: string;
    stage?: string;
    title: string;
    set: Record<string, Json>;
    /** For a contact who has an open deal in the pipeline. */
    whenOpen: 'another' | 'none';
    process: string;
  };
  /** The subject into a stage, `won` or `lost`. */
  'move-deal': { subject: SubjectRef; to: string; pipeline?: string; reason?: string; why?: string };
  /** A document of the subject; `deal`: as it is when it is made. */
  'generate-document': { subject: SubjectRef; content: DocumentContent; deal?: JsonObject };
  /** An approval of something of the subject. */
  'request-approval': ApprovalItem;
  /** Nobody waits any more for the outcome of what was requested under that effect key. */
  'abandon-approval': { request: string };
  /** An internal note on the ticket. */
  'add-note': { subject: SubjectRef; text: string; process: string };
  /** A domain event of the subject's contact, told by an instance: what its clock saw. */
  announce: { subject: SubjectRef; event: string; data: JsonObject; occurredAt: number };
  /** Runs the steps of a part of a definition as an instance of their own, pinned to that version. */
  'start-steps': {
    definition: Required<DefinitionRef>;
    subject: SubjectRef;
    event: string;
    data: JsonObject;
    occurredAt: number;
  };
  'start-process': { process: string; subject: SubjectRef; data: JsonObject; by: string };
  'http-request': {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    url: string;
    headers: Record<string, string>;
    body?: Json;
    /** Milliseconds. */
    timeout: number;
  };
}

/**
 * Whom an owner is chosen from: named users, everyone with a role, the next role of a chain above the present owner's that somebody
 * present holds, or those whom a routing definition names (who was asked by this step before and did not accept is passed over).
 */
export type Among = { users: string[] } | { role: string } | { chain: string[] } | { routing: string };

/** Fields of a ticket that definitions and programs may set. */
export interface TicketFields {
  priority?: TicketPriority;
  topic?: string;
  team?: string;
  tags?: string[];
}

export interface SendMessageItem {
  contactId: string;
  channel: Channel;
  template: string;
  /** Another address than the contact's own (`to` of the step: `owner` or a computed address). */
  to?: { owner: true } | { address: string };
  purpose: Purpose;
  priority: number;
  process: string;
  step: string;
  onCap: 'defer' | 'drop';
  /** Epoch ms after which a deferral becomes a skip. */
  deferUntil: number;
  sendWindow?: string;
  /** `subject` and `company` zone rule of the definition, for the gate's second look at delivery. */
  timezone: string;
  /** What the template may read beside the contact. */
  data: { trigger: JsonObject; vars: JsonObject; ticket?: JsonObject; deal?: JsonObject };
  /** The message asks for a mark: the template gets a signed `surveyUrl`. `ticket`: what it is about. */
  survey?: { kind: SurveyKind; ticket?: string };
  /** Id of the document that goes along. */
  document?: string;
  /** Of the document; absent: as PDF. */
  format?: DocumentFormat;
}

/** Answer of `send-message`: handed to the outbox, refused for a reason, or to be asked again later. */
export type SendMessageResult =
  | { verdict: 'sent'; message: string }
  | { verdict: 'skipped'; reason: string }
  | { verdict: 'deferred'; reason: string; until: number };

/** A person by key, everyone with a role, or the subject's owner. */
export type Assignee = { user: string } | { role: string } | { owner: true };

/** One text, or one per language. */
export type LocalizedText = string | { en: string; ru: string };
