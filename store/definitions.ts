import type { JsonObject } from '../engine/json.ts';
import type { DefinitionRef } from '../engine/model/state.ts';
import { isDuplicate } from './duplicates.ts';
import {
  type DefinitionDoc,
  type DefinitionKind,
  Definitions,
  type DefinitionVersionDoc,
  DefinitionVersions,
} from './models/definition.ts';

export interface DefinitionId {
  kind: DefinitionKind;
  key: string;
}

function idOf({ kind, key }: DefinitionId): string {
  return `${kind}/${key}`;
}

export async function listDefinitions(kind?: DefinitionKind): Promise<DefinitionDoc[]> {
  return await Definitions.find(kind === undefined ? {} : { kind })
    .sort({ kind: 1, key: 1 })
    .lean<DefinitionDoc[]>();
}

export async function findDefinition(id: DefinitionId): Promise<DefinitionDoc | null> {
  return await Definitions.findById(idOf(id)).lean<DefinitionDoc>();
}

/** Published versions, newest first. */
export async function listVersions({ kind, key }: DefinitionId): Promise<DefinitionVersionDoc[]> {
  return await DefinitionVersions.find({ kind, key }).sort({ version: -1 }).lean<DefinitionVersionDoc[]>();
}

export async function versionsByHash(hashes: readonly string[]): Promise<DefinitionVersionDoc[]> {
  return await DefinitionVersions.find({ _id: { $in: hashes } }).lean<DefinitionVersionDoc[]>();
}

/** What is live at this moment, without the bodies. */
export async function liveHeads(): Promise<
  (Pick<DefinitionDoc, 'kind' | 'key' | 'enabled'> & { live: { hash: string; version: number } })[]
> {
  const heads = await Definitions.find({ live: { $exists: true } }, { draft: 0 })
    .sort({ _id: 1 })
    .lean<DefinitionDoc[]>();
  return heads.flatMap(({ kind, key, enabled, live }) => (live ? [{ kind, key, enabled, live }] : []));
}

export async function saveDraft(id: DefinitionId, draft: JsonObject, now: number): Promise<void> {
  await Definitions.updateOne(
    { _id: idOf(id) },
    { $set: { ...id, draft, updatedAt: new Date(now) }, $setOnInsert: { enabled: true } },
    { upsert: true },
  );
}

/** @returns false when there is no such definition. */
export async function setEnabled(id: DefinitionId, enabled: boolean, now: number): Promise<boolean> {
  const result = await Definitions.updateOne({ _id: idOf(id) }, { $set: { enabled, updatedAt: new Date(now) } });
  return result.matchedCount === 1;
}

export interface Publication extends DefinitionId {
  hash: string;
  body: JsonObject;
  by: string;
  now: number;
}

/**
 * Makes a checked body the live version and drops the draft. A content that was published before gets its old number back.
 * Version first, head second: a crash between the two leaves a version that nobody sees, and publishing again finds it.
 */
export async function publishVersion({ kind, key, hash, body, by, now }: Publication): Promise<DefinitionRef> {
  const version = await versionNumber({ kind, key, hash, body, by, now });
  await Definitions.updateOne(
    { _id: idOf({ kind, key }) },
    {
      $set: { kind, key, live: { hash, version }, updatedAt: new Date(now) },
      $unset: { draft: '' },
      $setOnInsert: { enabled: true },
    },
    { upsert: true },
  );
  return { key, version, hash };
}

async function versionNumber(publication: Publication): Promise<number> {
  const { kind, key, hash, body, by, now } = publication;
  for (;;) {
    const known = await DefinitionVersions.findById(hash, { version: 1 }).lean();
    if (known !== null) return known.version;
    const latest = await DefinitionVersions.findOne({ kind, key }, { version: 1 }).sort({ version: -1 }).lean();
    const version = (latest?.version ?? 0) + 1;
    try {
      await DefinitionVersions.create({
        _id: hash,
        kind,
        key,
        version,
        body,
        publishedAt: new Date(now),
        publishedBy: by,
      });
      return version;
    } catch (error) {
      // Somebody published at the same moment: look again.
      if (!isDuplicate(error)) throw error;
    }
  }
}
