import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const processSchema = z.strictObject({ pid: z.number(), identity: z.string() });
const serverSchema = z.strictObject({
  /** Where its program came from: the same one opens the data again. */
  source: z.string(),
  ports: z.record(z.string(), z.number()),
  /** Absent: it was stopped. */
  process: processSchema.optional(),
});
const stateSchema = z.strictObject({
  /** The process that started the servers; absent: it ended in order. */
  owner: processSchema.optional(),
  servers: z.record(z.string(), serverSchema),
});

export type KnownProcess = z.infer<typeof processSchema>;
export type ServerState = z.infer<typeof serverSchema>;
/** What a data folder knows about its servers from one start to the next. */
export type ServersState = z.infer<typeof stateSchema>;

export function readState(dataFolder: string): ServersState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file(dataFolder), 'utf8')));
  } catch {
    // Absent or written by another version: the next start chooses anew.
    return { servers: {} };
  }
}

export function writeState(dataFolder: string, state: ServersState): void {
  mkdirSync(dataFolder, { recursive: true });
  const draft = `${file(dataFolder)}.draft`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(draft, file(dataFolder));
}

function file(dataFolder: string): string {
  return join(dataFolder, 'servers.json');
}
