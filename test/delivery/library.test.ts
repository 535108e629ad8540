import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CompanyReader } from '../../activities/company.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { contentHash } from '../../engine/hash.ts';
import type { JsonObject } from '../../engine/json.ts';
import { publishVersion } from '../../store/definitions.ts';
import { Contacts } from '../../store/models/contact.ts';
import type { DefinitionKind } from '../../store/models/definition.ts';
import { Deliveries } from '../../store/models/delivery.ts';
import { Instances } from '../../store/models/instance.ts';
import { type IntakeBench, intakeBench, processBody, publish, start } from './intake/bench.ts';

let bench: IntakeBench;
beforeAll(async () => {
  bench = await intakeBench();
});
afterAll(async () => await bench.close());

/** Makes live what this release does not understand, as another release may have done. */
async function publishForeign(kind: DefinitionKind, key: string): Promise<string> {
  const body: JsonObject = { kind, key, name: key, fromTheFuture: true };
  const hash = contentHash(body);
  await publishVersion({ kind, key, hash, body, by: 'another release', now: start });
  return hash;
}

async function apply(...items: Parameters<IntakeBench['accept']>[0]): Promise<void> {
  await bench.accept(items);
  await bench.consumer().drain();
}

describe('a published version that this release cannot read', () => {
  it('is reported once, and what else is published is in force', async () => {
    await publishForeign('process', 'foreign');
    await publishForeign('scoring', 'main');
    await publish(processBody('ours', { triggers: [{ on: 'event', event: 'order.placed' }] }));
    const lines: unknown[] = [];
    const library = new LiveLibrary({}, { error: (...line: unknown[]) => void lines.push(line) });
    const { processes, unreadable } = await library.read();
    await library.read();
    expect(processes.map(({ ref }) => ref.key)).toEqual(['ours']);
    expect(unreadable.map(({ kind, key, version }) => [kind, key, version])).toEqual([
      ['process', 'foreign', 1],
      ['scoring', 'main', 1],
    ]);
    expect(unreadable.every(({ problem }) => problem !== '')).toBe(true);
    expect(lines).toHaveLength(2);
    await apply(['event', { email: 'a@example.com', event: 'order.placed' }]);
    expect(await Instances.find().lean()).toMatchObject([{ process: 'ours' }]);
  });

  it('keeps its running instances waiting, with all that comes for them', async () => {
    const hash = await publishForeign('process', 'foreign');
    const contact = await Contacts.findOne().lean();
    const [ours] = await Instances.find().lean();
    if (contact === null || ours === undefined) throw new Error('nobody is there');
    const definition = { key: 'foreign', version: 1, hash };
    await Instances.create({ ...ours, _id: 'waiting', process: 'foreign', definition, status: 'running' });
    await apply(['event', { contactId: contact._id, event: 'page.viewed' }]);
    expect(await Deliveries.find({ instance: 'waiting' }).lean()).toMatchObject([{ event: { name: 'page.viewed' } }]);
    expect(bench.errors).toEqual([]);
  });

  it('of the contact policy holds everything that could send, until it is published anew', async () => {
    await publishForeign('contact-policy', 'company');
    const company = new CompanyReader(new LiveLibrary(), 0);
    await expect(company.read()).rejects.toMatchObject({ code: 'DEFINITION_UNREADABLE', retryable: true });
    await publish({
      kind: 'contact-policy',
      key: 'company',
      name: 'Ours',
      company: { name: 'Ours', timezone: 'UTC', language: 'en', from: 'Ours <hello@example.com>' },
      caps: [],
    });
    expect((await company.read()).policy.company.name).toBe('Ours');
  });
});
