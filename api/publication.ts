import type { LiveLibrary } from '../delivery/library.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import { contentHash } from '../engine/hash.ts';
import type { JsonObject } from '../engine/json.ts';
import type { DefinitionRef } from '../engine/model/state.ts';
import { type Problem, validateDefinition } from '../engine/validate/validate.ts';
import { type DefinitionId, publishVersion } from '../store/definitions.ts';
import { listUsers } from '../store/users.ts';

/** What validation says of a body under the address that it is to have. */
export async function check(id: DefinitionId, body: JsonObject, library: LiveLibrary): Promise<Problem[]> {
  const [live, users] = await Promise.all([library.read(), listUsers()]);
  const people = users.map(({ _id, role, active, team, skills }) => ({ key: _id, role, active, team, skills }));
  const { problems } = validateDefinition(body, { ...live.library, people });
  const wrong = (['kind', 'key'] as const).filter((name) => body[name] !== id[name]);
  return [...wrong.map((name) => misplaced(name, id[name])), ...problems];
}

function misplaced(name: 'kind' | 'key', wanted: string): Problem {
  const message = `the address says "${wanted}": the definition must say the same`;
  return { path: name, code: 'wrong-value', message, suggestion: wanted, severity: 'error' };
}

export interface Publish extends DefinitionId {
  body: JsonObject;
  by: string;
  /** Virtual epoch ms. */
  now: number;
}

/** What was made live, and what is probably not meant in it: nobody with a role that it names, say. */
export interface Published extends DefinitionRef {
  warnings: Problem[];
}

/**
 * Checks a definition with its scenarios and makes it live.
 * @throws VoronkaError DEFINITION_INVALID with every mistake; nothing has changed then
 */
export async function publish({ kind, key, body, by, now }: Publish, library: LiveLibrary): Promise<Published> {
  const found = await check({ kind, key }, body, library);
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const problems = errors.map(({ severity: _, ...problem }) => problem);
    throw new VoronkaError('DEFINITION_INVALID', `${kind}/${key} has ${errors.length} mistakes`, { problems });
  }
  const ref = await publishVersion({ kind, key, hash: contentHash(body), body, by, now });
  return { ...ref, warnings: found };
}
