import type { EffectDeps } from '../../activities/effects/effect.ts';
import { realClock } from '../../config/clock.ts';
import { createLogger } from '../../config/log.ts';
import { startIntake } from '../../delivery/intake/consumer.ts';
import { intakeDoc } from '../../delivery/intake/items.ts';
import { intakeApplied, submitIntake } from '../../delivery/intake/submit.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { openQueues } from '../../delivery/queues.ts';
import type { JsonObject } from '../../engine/json.ts';
import { defaultPolicy } from '../../engine/library.ts';
import type { EffectItems, EffectName, EffectOf } from '../../engine/model/effects.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { newId } from '../../store/id.ts';
import type { IntakeKind } from '../../store/models/intake.ts';
import { noDocuments } from '../support/documents.ts';
import { testEnvironment } from '../support/environment.ts';

/** Performs effects as a turn would, on a store, queues and an intake of its own. */
export class EffectBench {
  readonly deps: EffectDeps;
  readonly #drop: () => Promise<void>;
  #stopIntake: () => Promise<void> = async () => undefined;
  #keys = 0;

  private constructor(deps: EffectDeps, drop: () => Promise<void>) {
    this.deps = deps;
    this.#drop = drop;
  }

  static async open(parts: Partial<Pick<EffectDeps, 'documents' | 'routings'>> = {}): Promise<EffectBench> {
    const environment = await testEnvironment();
    await connectStore(environment.mongoUri);
    await ensureIndexes();
    const queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
    const services = { clock: realClock, queues, log: createLogger(environment.config, 'test'), httpAllowedHosts: [] };
    const company = { policy: defaultPolicy, calendars: {}, routings: {} };
    const deps = { ...services, documents: noDocuments, now: Date.now(), ...company, ...parts };
    const bench = new EffectBench(deps, async () => {
      await queues.close();
      await closeStore();
      await environment.close();
    });
    await bench.startIntake();
    return bench;
  }

  async startIntake(): Promise<void> {
    const { queues, log, clock } = this.deps;
    const onError = (error: unknown) => log.error({ err: error }, 'the intake failed');
    const intake = await startIntake({ queues, library: new LiveLibrary(), clock, onError });
    this.#stopIntake = () => intake.close();
  }

  /** What is asked of the intake from now on waits. */
  async stopIntake(): Promise<void> {
    await this.#stopIntake();
    this.#stopIntake = async () => undefined;
  }

  async close(): Promise<void> {
    await this.stopIntake();
    await this.#drop();
  }

  /** An effect under a key of its own. */
  effect<N extends EffectName>(name: N, item: EffectItems[N]): Extract<EffectOf<N>, { name: N }> {
    this.#keys += 1;
    return { name, key: `i/${name}/${this.#keys}`, instance: 'i', item } as Extract<EffectOf<N>, { name: N }>;
  }

  /** Somebody does something, through the intake. @returns id of the item @throws when it is not applied in time */
  async does(kind: IntakeKind, body: JsonObject, at = Date.now()): Promise<string> {
    const id = newId();
    await submitIntake(this.deps.queues.intake, [intakeDoc(id, [{ kind, id, body, source: 'test' }], at)]);
    if (!(await intakeApplied([id]))) throw new Error(`the intake does not apply ${kind} ${id}`);
    return id;
  }
}
