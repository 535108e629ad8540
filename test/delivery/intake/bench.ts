import { realClock } from '../../../config/clock.ts';
import { IntakeConsumer } from '../../../delivery/intake/consumer.ts';
import { intakeDoc, type intakeItem } from '../../../delivery/intake/items.ts';
import { LiveLibrary } from '../../../delivery/library.ts';
import { openQueues, type Queues } from '../../../delivery/queues.ts';
import { contentHash } from '../../../engine/hash.ts';
import { type Definition, definitionSchema } from '../../../engine/schema/index.ts';
import { closeStore, connectStore, ensureIndexes } from '../../../store/connect.ts';
import { publishVersion } from '../../../store/definitions.ts';
import { newId } from '../../../store/id.ts';
import { insertIntake } from '../../../store/intake.ts';
import { type TestEnvironment, testEnvironment } from '../../support/environment.ts';

/** Monday 2026-03-02, 09:00 UTC. */
export const start = Date.UTC(2026, 2, 2, 9);

/** A store and queues for one test file, and a virtual time that the test sets. */
export interface IntakeBench {
  environment: TestEnvironment;
  queues: Queues;
  errors: unknown[];
  consumer(): IntakeConsumer;
  /** Accepts items in one document, as a request would. @returns its id */
  accept(items: [kind: Parameters<typeof intakeItem>[0], body: object][], at?: number): Promise<string>;
  close(): Promise<void>;
}

export async function intakeBench(): Promise<IntakeBench> {
  const environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  const queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
  const errors: unknown[] = [];
  return {
    environment,
    queues,
    errors,
    consumer: () =>
      new IntakeConsumer({
        queues,
        library: new LiveLibrary(),
        clock: realClock,
        onError: (error) => errors.push(error),
      }),
    async accept(items, at = start) {
      const id = newId();
      const made = items.map(([kind, body], index) => ({
        kind,
        id: `${id}.${index}`,
        body: JSON.parse(JSON.stringify(body)),
        source: 'api',
      }));
      await insertIntake([intakeDoc(id, made, at)]);
      return id;
    },
    async close() {
      await queues.close();
      await closeStore();
      await environment.close();
    },
  };
}

/** Publishes a definition as it stands, without the checks of the API. */
export async function publish(body: Record<string, unknown>): Promise<Definition> {
  const definition = definitionSchema.parse(body);
  const plain = JSON.parse(JSON.stringify(body));
  const { kind, key } = definition;
  await publishVersion({ kind, key, hash: contentHash(plain), body: plain, by: 'test', now: start });
  return definition;
}

/** A process of one long wait with the parts that a test is about. */
export function processBody(key: string, parts: Record<string, unknown>): Record<string, unknown> {
  return {
    kind: 'process',
    key,
    name: key,
    triggers: [{ on: 'api' }],
    steps: [{ id: 'pause', type: 'wait', for: 'P30D' }],
    ...parts,
  };
}
