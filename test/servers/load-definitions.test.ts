import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publish } from '../../api/publication.ts';
import { packageRoot } from '../../config/root.ts';
import { LiveLibrary } from '../../delivery/library.ts';
import { loadTemplates } from '../../delivery/templates/load.ts';
import { templateCatalogue } from '../../engine/validate/templates.ts';
import { addFirstUsers, loadShipped } from '../../scripts/load-definitions.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { findDefinition, versionsByHash } from '../../store/definitions.ts';
import { Definitions, DefinitionVersions } from '../../store/models/definition.ts';
import { Users } from '../../store/models/user.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';

const folder = join(packageRoot, 'definitions');
const id = { kind: 'segment', key: 'regulars' } as const;
let environment: TestEnvironment;
let library: LiveLibrary;

beforeAll(async () => {
  environment = await testEnvironment();
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  library = new LiveLibrary(templateCatalogue(loadTemplates(join(packageRoot, 'templates'))));
});
afterAll(async () => {
  await closeStore();
  await environment.close();
});

async function liveBody() {
  const head = await findDefinition(id);
  const [version] = await versionsByHash([head?.live?.hash ?? '']);
  return version?.body;
}

describe('what ships', () => {
  it('is published whole, and only once', async () => {
    const published = await loadShipped(folder, library, 0);
    expect(published).toContain('process/welcome-series');
    const { processes } = await library.read();
    expect(processes.map(({ ref }) => ref.key)).toContain('welcome-series');
    expect(await loadShipped(folder, library, 0)).toEqual([]);
    expect(await DefinitionVersions.countDocuments()).toBe(published.length);
  });

  it('replaces an older shipped version, and never one that somebody edited', async () => {
    const shipped = await liveBody();
    const other = { ...shipped, key: id.key, kind: id.kind, name: 'Another' };
    await publish({ ...id, body: other, by: 'voronka', now: 0 }, library);
    expect(await loadShipped(folder, library, 0)).toEqual(['segment/regulars']);
    expect(await liveBody()).toEqual(shipped);
    await publish({ ...id, body: { ...other, name: 'Mine' }, by: 'anna', now: 0 }, library);
    expect(await loadShipped(folder, library, 0)).toEqual([]);
    expect(await liveBody()).toMatchObject({ name: 'Mine' });
  });

  it('leaves a switched-off definition switched off', async () => {
    await Definitions.updateOne({ _id: 'process/welcome-series' }, { $set: { enabled: false } });
    await loadShipped(folder, library, 0);
    expect(await Definitions.findById('process/welcome-series').lean()).toMatchObject({ enabled: false });
  });

  it('brings people where there are none', async () => {
    await addFirstUsers();
    expect(await Users.countDocuments({ role: 'sales', active: true })).toBeGreaterThan(1);
    await Users.deleteMany({ role: 'sales' });
    await addFirstUsers();
    expect(await Users.countDocuments({ role: 'sales' })).toBe(0);
  });
});
