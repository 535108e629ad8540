import { expect } from 'vitest';
import { findIntake } from '../../../store/intake.ts';
import { Contacts } from '../../../store/models/contact.ts';
import { Counters } from '../../../store/models/counter.ts';
import { Definitions, DefinitionVersions } from '../../../store/models/definition.ts';
import { Deliveries } from '../../../store/models/delivery.ts';
import { type EventDoc, Events } from '../../../store/models/event.ts';
import { Instances } from '../../../store/models/instance.ts';
import { Intake, type IntakeDoc } from '../../../store/models/intake.ts';
import { Users } from '../../../store/models/user.ts';
import { type IntakeBench, start } from './bench.ts';

/** What a test hands in to the intake, and what it reads when that is applied. */
export class IntakeScene {
  readonly bench: IntakeBench;
  readonly #subject: 'deal' | 'ticket';

  /** @param subject whose events are read */
  constructor(bench: IntakeBench, subject: 'deal' | 'ticket') {
    this.bench = bench;
    this.#subject = subject;
  }

  /** Nobody and nothing is known any more. */
  protected async empty(...more: readonly { collection: { deleteMany(filter: object): unknown } }[]): Promise<void> {
    const models = [Contacts, Counters, Definitions, DefinitionVersions, Deliveries, Events, Instances, Intake, Users];
    for (const { collection } of [...models, ...more]) await collection.deleteMany({});
    this.bench.errors.length = 0;
  }

  /** Applies items of one document. @returns what became of it */
  async apply(items: Parameters<IntakeBench['accept']>[0], at = start): Promise<Omit<IntakeDoc, 'items'>> {
    const id = await this.bench.accept(items, at);
    await this.bench.consumer().drain();
    expect(this.bench.errors).toEqual([]);
    const receipt = await findIntake(id);
    if (receipt === null) throw new Error('the document is gone');
    return receipt;
  }

  /** Events of a deal or a ticket, in order. */
  async events(id: string): Promise<EventDoc[]> {
    return await Events.find({ [`data.${this.#subject}.id`]: id })
      .sort({ seq: 1 })
      .lean<EventDoc[]>();
  }

  async names(id: string): Promise<string[]> {
    return (await this.events(id)).map(({ name }) => name);
  }
}
