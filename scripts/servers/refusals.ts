import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const DAY = 86_400_000;
const remembered = z.record(z.string(), z.number());

/**
 * Does a download whose refusal is remembered for a day, so that only the first start on a closed network spends seconds on it.
 * @param what key of the download
 * @throws the download's error, or at once an error that says it was refused lately
 */
export async function unlessRefused<T>(
  folder: string,
  what: string,
  download: () => Promise<T>,
  now = Date.now(),
): Promise<T> {
  const refusals = read(folder);
  const refusedAt = refusals[what];
  if (refusedAt !== undefined && now - refusedAt < DAY) {
    throw new Error(`refused ${Math.round((now - refusedAt) / 60_000)} minutes ago, tried again after a day`);
  }
  try {
    return await download();
  } catch (error) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file(folder), JSON.stringify({ ...read(folder), [what]: now }));
    throw error;
  }
}

function read(folder: string): Record<string, number> {
  try {
    return remembered.parse(JSON.parse(readFileSync(file(folder), 'utf8')));
  } catch {
    // Absent or broken: a lost memory costs one more attempt.
    return {};
  }
}

function file(folder: string): string {
  return join(folder, 'refused-downloads.json');
}
