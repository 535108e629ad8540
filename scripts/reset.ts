import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claim } from './servers/claim.ts';

/** Folders that no start wrote its data to: what was downloaded, and the runs of `npm test`. */
const kept = new Set(['tools', 'test']);

/**
 * Clears a data folder.
 * @throws VoronkaError ALREADY_RUNNING while Voronka runs on it
 */
export async function resetData(dataFolder: string): Promise<void> {
  const folder = await claim(dataFolder, 15_000);
  folder.release();
  for (const name of readdirSync(dataFolder)) {
    if (!kept.has(name)) rmSync(join(dataFolder, name), { recursive: true, force: true });
  }
}
