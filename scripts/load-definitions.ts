import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publish } from '../api/publication.ts';
import { loadClock } from '../config/clock.ts';
import { loadConfig } from '../config/config.ts';
import { packageRoot } from '../config/root.ts';
import { LiveLibrary } from '../delivery/library.ts';
import { loadTemplates } from '../delivery/templates/load.ts';
import { VoronkaError } from '../engine/errors/error.ts';
import { contentHash } from '../engine/hash.ts';
import type { JsonObject } from '../engine/json.ts';
import { definitionSchema } from '../engine/schema/index.ts';
import { templateCatalogue } from '../engine/validate/templates.ts';
import { closeStore, connectStore, ensureIndexes } from '../store/connect.ts';
import { findDefinition, versionsByHash } from '../store/definitions.ts';
import { anyUser, saveUser } from '../store/users.ts';

/** Who publishes what ships: a definition whose live version is somebody else's is never touched. */
const shipper = 'voronka';

/** Kinds in the order in which they name each other; processes start each other only by key. */
const order = [
  'contact-policies',
  'calendars',
  'scoring',
  'segments',
  'forms',
  'routing',
  'pipelines',
  'processes',
  'sla',
];

/** @returns keys of what was published now */
export async function loadShipped(folder: string, library: LiveLibrary, now: number): Promise<string[]> {
  const published: string[] = [];
  let waiting = order.flatMap((kind) => readFolder(join(folder, kind)));
  // A process may start one that comes later in the alphabet: what fails waits until nothing else gets through.
  for (;;) {
    const failed: { body: JsonObject; error: VoronkaError }[] = [];
    for (const body of waiting) {
      const { kind, key } = definitionSchema.parse(body);
      if (!(await isOurs(kind, key, contentHash(body)))) continue;
      try {
        await publish({ kind, key, body, by: shipper, now }, library);
        published.push(`${kind}/${key}`);
      } catch (error) {
        if (!(error instanceof VoronkaError)) throw error;
        failed.push({ body, error });
      }
    }
    const [first] = failed;
    if (first === undefined) return published;
    if (failed.length === waiting.length) throw first.error;
    waiting = failed.map(({ body }) => body);
  }
}

/** Whether the shipped content is new, and takes the place of nothing or of another shipped version. */
async function isOurs(kind: Parameters<typeof findDefinition>[0]['kind'], key: string, hash: string): Promise<boolean> {
  const head = await findDefinition({ kind, key });
  if (head?.live === undefined) return true;
  if (head.live.hash === hash) return false;
  const [live] = await versionsByHash([head.live.hash]);
  return live?.publishedBy === shipper;
}

function readFolder(folder: string): JsonObject[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

/** Somebody must own leads, answer tickets and get tasks: the people of a company that has entered nobody yet. */
const firstUsers: Parameters<typeof saveUser>[0][] = [
  { _id: 'anna', name: 'Анна Смирнова', role: 'sales', language: 'ru', active: true },
  { _id: 'boris', name: 'Борис Орлов', role: 'sales', language: 'ru', active: true },
  { _id: 'pavel', name: 'Павел Волков', role: 'sales-lead', language: 'ru', active: true },
  { _id: 'lev', name: 'Лев Гуревич', role: 'lawyer', language: 'ru', active: true },
  { _id: 'tatiana', name: 'Татьяна Белова', role: 'finance', language: 'ru', active: true },
  { _id: 'maria', name: 'Maria Keller', role: 'marketing', language: 'en', active: true },
  { _id: 'olga', name: 'Ольга Зайцева', role: 'support', skills: ['billing', 'delivery'], ...support() },
  { _id: 'ivan', name: 'Иван Громов', role: 'support', skills: ['technical', 'delivery'], ...support() },
  {
    _id: 'nina',
    name: 'Нина Лебедева',
    role: 'support-senior',
    skills: ['billing', 'technical', 'delivery'],
    ...support(),
  },
  { _id: 'dmitry', name: 'Дмитрий Соколов', role: 'support-lead', ...support() },
  { _id: 'elena', name: 'Елена Морозова', role: 'support-head', ...support() },
];

function support(): { team: string; calendar: string; language: 'ru'; active: true } {
  return { team: 'support', calendar: 'support-ru', language: 'ru', active: true };
}

export async function addFirstUsers(): Promise<void> {
  if (await anyUser()) return;
  for (const user of firstUsers) await saveUser({ ...user, email: `${user._id}@example.com` });
}

if (import.meta.filename === process.argv[1]) {
  const config = loadConfig(process.env);
  await connectStore(config.mongodbUri);
  try {
    await ensureIndexes();
    const library = new LiveLibrary(templateCatalogue(loadTemplates(join(packageRoot, 'templates'))));
    const published = await loadShipped(join(packageRoot, 'definitions'), library, loadClock(config).now());
    await addFirstUsers();
    process.stdout.write(published.length === 0 ? 'nothing new\n' : `published ${published.join(', ')}\n`);
  } finally {
    await closeStore();
  }
}
