import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.strictObject({ apiKey: z.string(), secret: z.string() });

export type Secrets = z.infer<typeof secretsSchema>;

/** The API key and the signing secret of a data folder; made on the first start, readable by its owner alone. */
export function ensureSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, 'secrets.json');
  const made: Secrets = { apiKey: randomBytes(24).toString('hex'), secret: randomBytes(32).toString('hex') };
  mkdirSync(dataFolder, { recursive: true });
  try {
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch {
    return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  }
}
