import { contentHash } from '../../engine/hash.ts';
import type { DefinitionRef } from '../../engine/model/state.ts';
import type { Definition } from '../../engine/schema/index.ts';
import { publishVersion } from '../../store/definitions.ts';

/** Makes a definition live. */
export async function publish(definition: Definition): Promise<DefinitionRef> {
  const { kind, key } = definition;
  const body = JSON.parse(JSON.stringify(definition));
  return await publishVersion({ kind, key, hash: contentHash(definition), body, by: 'bench', now: Date.now() });
}
