import type { EffectOf } from '../../engine/model/effects.ts';
import { findDocument } from '../../store/documents.ts';
import { type EffectDeps, type Outcome, troubled } from './effect.ts';

type SendMessage = EffectOf<'send-message'>;

/**
 * Makes the Word files that messages are to carry, where they were not made yet: unlike a PDF, a document has none before somebody
 * asks. @returns outcomes of the messages whose file cannot be made, by effect key
 */
export async function makeWordFiles(
  asked: readonly { effect: SendMessage; deps: EffectDeps }[],
): Promise<Map<string, Outcome>> {
  const spoiled = new Map<string, Outcome>();
  for (const { effect, deps } of asked) {
    const { document, format } = effect.item;
    if (document === undefined || format !== 'docx') continue;
    const problem = await make(effect.key, document, deps);
    if (problem !== null) spoiled.set(effect.key, problem);
  }
  return spoiled;
}

/** A document that is gone or not in force is the outbox's matter. */
async function make(key: string, id: string, { documents }: EffectDeps): Promise<Outcome | null> {
  const doc = await findDocument(id);
  if (doc === null) return null;
  try {
    await documents.file(doc, 'docx');
    return null;
  } catch (error) {
    return troubled(key, error);
  }
}
