import type { Request, Response } from 'express';
import { intakeDoc, intakeItem } from '../delivery/intake/items.ts';
import { intakeApplied } from '../delivery/intake/submit.ts';
import { catalogue, type ErrorCode } from '../engine/errors/catalogue.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import { newId } from '../store/id.ts';
import { findIntake } from '../store/intake.ts';
import type { IntakeDoc } from '../store/models/intake.ts';
import type { ApiDeps } from './deps.ts';
import { idempotencyOf } from './idempotency.ts';
import { type Actor, actorOf } from './tickets/actor.ts';

/** How long an answer waits for the single writer. Real milliseconds. */
const patience = 2_000;

/** What is done by people and programs. */
type Kind = 'ticket' | 'deal' | 'task' | 'approval';
type Input<K extends Kind> = Parameters<typeof intakeItem<K>>[2];

export interface Call {
  request: Request;
  response: Response;
}

interface Deed<K extends Kind, A> {
  kind: K;
  /** What is done, by whom. */
  body(by: Actor): Input<K>;
  /** What it is done to, as it is then. What is opened has the id of the item. */
  show(item: string): Promise<A>;
}

/**
 * Hands what is done to a ticket, a deal, a task or an approval to the single writer and waits a moment, so that the answer shows it. What takes longer is
 * answered 202: it is accepted and will be applied.
 * @returns what it was done to, as it is then; undefined when 202 is written
 * @throws VoronkaError with the problem that it met
 */
export async function deed<K extends Kind, A>(
  { kind, body, show }: Deed<K, A>,
  { request, response }: Call,
  deps: ApiDeps,
): Promise<A | undefined> {
  const accepted = await acceptDeed(kind, body(await actorOf(request)), request, deps);
  if (!(await intakeApplied([accepted], patience))) {
    response.status(202).json({ id: accepted });
    return undefined;
  }
  const [problem] = (await findIntake(accepted))?.problems ?? [];
  if (problem !== undefined) throw errorOf(problem);
  return await show(accepted);
}

/** @returns id of the item and of its document; under a known idempotency key that of the first one */
export async function acceptDeed<K extends Kind>(
  kind: K,
  body: Input<K>,
  request: Request,
  { acceptance, clock }: ApiDeps,
): Promise<string> {
  const id = newId();
  const doc = intakeDoc(id, [intakeItem(kind, id, body, 'api')], clock.now());
  const answer = await acceptance.accept(doc, { id }, idempotencyOf(request));
  return String(answer.id);
}

/** A problem of the caller's is told as it is; what is ours is not. */
function errorOf({ code, message, details }: IntakeDoc['problems'][number]): VoronkaError {
  const known = isErrorCode(code) && catalogue[code].status < 500 ? code : 'INTERNAL';
  return new VoronkaError(known, message, details && { details });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
