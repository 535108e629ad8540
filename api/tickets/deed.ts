import type { Request, Response } from 'express';
import { intakeDoc, intakeItem } from '../../delivery/intake/items.ts';
import { intakeApplied } from '../../delivery/intake/submit.ts';
import { catalogue, type ErrorCode } from '../../engine/errors/catalogue.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { newId } from '../../store/id.ts';
import { findIntake } from '../../store/intake.ts';
import type { ApiDeps } from '../deps.ts';
import { idempotencyOf } from '../idempotency.ts';
import { type Actor, actorOf } from './actor.ts';
import { showTicket } from './show.ts';

/** How long an answer waits for the single writer. Real milliseconds. */
const patience = 2_000;

type TicketInput = Parameters<typeof intakeItem<'ticket'>>[2];

interface Call {
  request: Request;
  response: Response;
}

/**
 * Hands what is done to a ticket to the single writer and waits a moment, so that the answer shows it. What takes longer is
 * answered 202: it is accepted and will be applied.
 * @param bodyOf what is done, by whom
 * @returns the ticket as it is then; undefined when 202 is written
 * @throws VoronkaError with the problem that it met
 */
export async function deed(id: string, bodyOf: (by: Actor) => TicketInput, { request, response }: Call, deps: ApiDeps) {
  const accepted = await acceptDeed(bodyOf(await actorOf(request)), request, deps);
  if (!(await intakeApplied([accepted], patience))) {
    response.status(202).json({ id: accepted });
    return undefined;
  }
  const [problem] = (await findIntake(accepted))?.problems ?? [];
  if (problem !== undefined) throw new VoronkaError(codeOf(problem.code), problem.message);
  return await showTicket(id);
}

/** @returns id of the item and of its document; under a known idempotency key that of the first one */
export async function acceptDeed(body: TicketInput, request: Request, { acceptance, clock }: ApiDeps): Promise<string> {
  const id = newId();
  const doc = intakeDoc(id, [intakeItem('ticket', id, body, 'api')], clock.now());
  const answer = await acceptance.accept(doc, { id }, idempotencyOf(request));
  return String(answer.id);
}

/** A problem of the caller's is told as it is; what is ours is not. */
function codeOf(code: string): ErrorCode {
  return isErrorCode(code) && catalogue[code].status < 500 ? code : 'INTERNAL';
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
