import { timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { VoronkaError } from '../../../engine/errors/error.ts';

/** A request as it came: signatures are made over its bytes and its address. */
export interface WebhookRequest {
  /** As the sender knows it. */
  url: string;
  header(name: string): string | undefined;
  body: Buffer;
}

/** What somebody wrote in a chat. */
export interface ChatMessage {
  kind: 'message';
  /** Unique within the source. */
  id: string;
  chat: string;
  text: string;
  name?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  files?: { name: string; type: string; content: Buffer }[];
}

/** What a call has come to. `ended`: after it was answered. */
export const callStates = ['started', 'answered', 'missed', 'ended', 'recorded'] as const;

export interface CallEvent {
  kind: 'call';
  /** Of the call: all its events have it. */
  call: string;
  state: (typeof callStates)[number];
  direction: 'in' | 'out';
  /** Number of the customer; a recording may come without. */
  customer?: string | undefined;
  /** Key of the user who spoke. */
  agent?: string | undefined;
  seconds?: number | undefined;
  /** Where it can be heard. */
  recording?: string | undefined;
}

/** What a webhook says; null when nothing follows from it. */
export interface Reading {
  event: ChatMessage | CallEvent | null;
  /** What its sender wants to hear. */
  answer?: { type: 'text/plain' | 'text/xml'; text: string };
}

/** Compares in constant time. */
export function isSame(given: string | undefined, expected: string): boolean {
  const one = Buffer.from(given ?? '');
  const other = Buffer.from(expected);
  return one.length === other.length && timingSafeEqual(one, other);
}

export function unsigned(why: string): VoronkaError {
  return new VoronkaError('SIGNATURE_INVALID', why);
}

/** @throws VoronkaError VALIDATION_FAILED naming the field */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new VoronkaError(
    'VALIDATION_FAILED',
    `body.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`,
  );
}

/** @throws VoronkaError MALFORMED_JSON */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new VoronkaError('MALFORMED_JSON', 'the body is no JSON', { cause });
  }
}

/** Fields of a form; the last value counts. */
export function formOf(body: Buffer): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}
