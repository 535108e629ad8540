import { VoronkaError } from '../../engine/errors/error.ts';
import type { Handover } from '../channels/handover.ts';
import { composeChat, composeMail, composeSms, type Draft } from './compose.ts';
import type { OutboxDeps } from './deps.ts';
import type { Attempt } from './settle.ts';

/** Each message fares on its own: one refusal never touches its neighbours. */
export async function handOver(drafts: readonly Draft[], deps: OutboxDeps): Promise<Attempt[]> {
  return await Promise.all(drafts.map((draft) => handOverOne(draft, deps)));
}

async function handOverOne(draft: Draft, deps: OutboxDeps): Promise<Attempt> {
  const { message } = draft;
  const composed = compose(draft, deps);
  if ('error' in composed) return { message, handover: { outcome: 'failed', error: composed.error } };
  if ('sms' in composed) return { message, handover: await deps.sms.send(composed.sms) };
  if ('chat' in composed) return { message, handover: await deps.messengers.send(composed.chat) };
  return { message, handover: await deps.mailer.send(composed.mail), subject: composed.mail.subject };
}

type Composed =
  | { mail: ReturnType<typeof composeMail> }
  | { sms: ReturnType<typeof composeSms> }
  | { chat: ReturnType<typeof composeChat> }
  | { error: Extract<Handover, { error: unknown }>['error'] };

function compose(draft: Draft, deps: OutboxDeps): Composed {
  try {
    if (draft.message.channel === 'sms') return { sms: composeSms(draft, deps) };
    if (draft.message.channel === 'messenger') return { chat: composeChat(draft) };
    return { mail: composeMail(draft, deps.clock.now(), deps) };
  } catch (error) {
    const code = error instanceof VoronkaError ? error.code : 'TEMPLATE_INVALID';
    return { error: { code, message: error instanceof Error ? error.message : String(error) } };
  }
}
