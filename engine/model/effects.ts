import type { Json, JsonObject } from '../json.ts';
import type { Channel, Purpose } from './contact.ts';
import type { SubjectRef } from './state.ts';

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
    process: string;
  };
  'assign-owner': {
    subject: SubjectRef;
    among: { users?: string[]; role?: string };
    strategy: 'round-robin' | 'least-loaded';
    keep: boolean;
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
  data: { trigger: JsonObject; vars: JsonObject };
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
