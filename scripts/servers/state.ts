import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const processSchema = z.strictObject({ pid: z.number(), started: z.string() });
const choiceSchema = z.strictObject({
  /** Where the program came from: the same one opens the data again. */
  source: z.string(),
  ports: z.record(z.string(), z.number()),
});
const stateSchema = z.strictObject({
  /** The process that started the others; absent: it ended in order. */
  owner: processSchema.optional(),
  /** Those that run, by name. */
  processes: z.record(z.string(), processSchema),
  /** What the servers were last started with, by name. */
  servers: z.record(z.string(), choiceSchema),
});

export type KnownProcess = z.infer<typeof processSchema>;
export type ServerChoice = z.infer<typeof choiceSchema>;
/** What a data folder knows about its processes from one start to the next. */
export type RunState = z.infer<typeof stateSchema>;

export function readState(dataFolder: string): RunState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file(dataFolder), 'utf8')));
  } catch {
    // Absent or written by another version: the next start chooses anew.
    return { processes: {}, servers: {} };
  }
}

export function writeState(dataFolder: string, state: RunState): void {
  mkdirSync(dataFolder, { recursive: true });
  const draft = `${file(dataFolder)}.draft`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(draft, file(dataFolder));
}

function file(dataFolder: string): string {
  return join(dataFolder, 'servers.json');
}
