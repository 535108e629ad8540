import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What is no data of a start: what was downloaded, the runs of `npm test`, and the choice of ports and programs. */
const kept = new Set(['tools', 'test', 'servers.json']);

/** Clears a data folder; only for who has claimed it. */
export function resetData(dataFolder: string): void {
  for (const name of readdirSync(dataFolder)) {
    if (!kept.has(name)) rmSync(join(dataFolder, name), { recursive: true, force: true });
  }
}
