import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignOwner } from '../../activities/effects/assign-owner.ts';
import { createTask } from '../../activities/effects/create-task.ts';
import type { EffectDeps } from '../../activities/effects/effect.ts';
import { httpRequest } from '../../activities/effects/http-request.ts';
import { notifyUser } from '../../activities/effects/notify-user.ts';
import { isPublic } from '../../activities/effects/public-address.ts';
import type { EffectItems } from '../../engine/model/effects.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Notifications } from '../../store/models/record.ts';
import { Tasks } from '../../store/models/task.ts';
import { Users } from '../../store/models/user.ts';
import { insertContact } from '../support/records.ts';
import { EffectBench } from './bench.ts';

describe('effects', () => {
  let bench: EffectBench;
  let deps: EffectDeps;

  beforeAll(async () => {
    bench = await EffectBench.open();
    deps = bench.deps;
  });
  afterAll(() => bench.close());

  const about = (contactId: string) => ({ subject: { kind: 'contact' as const, id: contactId, contactId } });
  describe('assign-owner', () => {
    const ask = (contactId: string, more: Partial<EffectItems['assign-owner']> = {}) =>
      bench.effect('assign-owner', {
        ...about(contactId),
        among: { role: 'sales' },
        strategy: 'round-robin',
        keep: true,
        ...more,
      });
    const ownerOf = async (id: string) => (await Contacts.findById(id).lean())?.owner;

    beforeEach(async () => {
      await Users.deleteMany({});
      await Users.insertMany(
        ['anna', 'boris', 'vera'].map((_id) => ({
          _id,
          name: _id,
          role: 'sales',
          language: 'en',
          active: _id !== 'vera',
        })),
      );
    });

    it('goes round the active ones, also within a batch', async () => {
      const ids = await Promise.all(['r1', 'r2', 'r3', 'r4'].map((id) => insertContact(id)));
      const outcomes = await assignOwner(
        ids.map((id) => ask(id)),
        deps,
      );
      expect(outcomes.map((one) => one.status)).toEqual(Array(4).fill('performed'));
      expect(await Promise.all(ids.map(ownerOf))).toEqual(['anna', 'boris', 'anna', 'boris']);
    });

    it('chooses the same at a retry, and each once when tried side by side', async () => {
      await insertContact('same');
      const asked = ask('same');
      const [first] = await assignOwner([asked], deps);
      const [second, third] = (await Promise.all([assignOwner([asked], deps), assignOwner([asked], deps)])).flat();
      expect([second, third]).toEqual([first, first]);
      expect((await Users.findById('anna').lean())?.lastAssigned).toBe(1);
    });

    it('keeps an active owner, replaces one who left, and takes the least loaded', async () => {
      await insertContact('kept', { owner: 'boris' });
      await insertContact('left', { owner: 'vera' });
      const now = new Date();
      const task = { ...about('x'), contactId: 'x', title: 'x', assignee: 'anna', status: 'open' as const };
      const made = { createdBy: 'api', createdAt: now, updatedAt: now };
      await Tasks.insertMany(['t1', 't2', 't3'].map((_id) => ({ _id, ...task, ...made })));
      await Contacts.updateMany({ owner: { $in: ['anna', 'boris'] }, _id: { $ne: 'kept' } }, { $unset: { owner: '' } });
      await assignOwner([ask('kept'), ask('left', { strategy: 'least-loaded' })], deps);
      expect(await ownerOf('kept')).toBe('boris');
      expect(await ownerOf('left')).toBe('boris');
    });

    it('answers nobody where nobody is', async () => {
      await insertContact('alone');
      const [outcome] = await assignOwner([ask('alone', { among: { role: 'pilot' } })], deps);
      expect(outcome).toMatchObject({ status: 'performed', result: { user: null } });
    });
  });

  it('create-task and notify-user do nothing twice', async () => {
    await Users.create({ _id: 'olga', name: 'Olga', role: 'head', language: 'ru' });
    await insertContact('twice', { owner: 'olga' });
    const task = bench.effect('create-task', {
      ...about('twice'),
      title: 'Call',
      assignee: { owner: true },
      due: null,
      process: 'p',
    });
    const note = bench.effect('notify-user', { ...about('twice'), to: { role: 'head' }, text: 'Look', process: 'p' });
    const first = [await createTask([task], deps), await notifyUser([note], deps)];
    const second = [await createTask([task], deps), await notifyUser([note], deps)];
    expect(second).toEqual(first);
    expect(await Tasks.find({ contactId: 'twice' }).lean()).toMatchObject([{ assignee: 'olga', title: 'Call' }]);
    expect(await Notifications.find({ contactId: 'twice' }).lean()).toMatchObject([{ user: 'olga', text: 'Look' }]);
  });

  describe('http-request', () => {
    let server: Server;
    let url: string;
    const answers: { status: number; body: string; type?: string; location?: string }[] = [];
    const seen: { key: unknown; body: string }[] = [];
    const call = (path = '', host = '127.0.0.1') =>
      bench.effect('http-request', {
        method: 'POST',
        url: `http://${host}:${new URL(url).port}/${path}`,
        headers: {},
        body: { a: 1 },
        timeout: 2_000,
      });
    const allowed = () => ({ ...deps, httpAllowedHosts: ['127.0.0.1'] });

    beforeAll(async () => {
      server = createServer(async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        seen.push({ key: request.headers['idempotency-key'], body });
        const {
          status,
          type = 'application/json',
          location,
          body: text,
        } = answers.shift() ?? { status: 200, body: '{}' };
        response.writeHead(status, { 'content-type': type, ...(location && { location }) }).end(text);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    });
    afterAll(() => server.close());

    it('answers status and JSON, with the effect key for whoever wants to deduplicate', async () => {
      answers.push({ status: 404, body: '{"no":"such"}' });
      const asked = call();
      expect(await httpRequest([asked], allowed())).toEqual([
        { key: asked.key, status: 'performed', result: { status: 404, body: { no: 'such' } } },
      ]);
      expect(seen.at(-1)).toEqual({ key: asked.key, body: '{"a":1}' });
    });

    it('asks again when the server is broken or away, and says what counts in the end', async () => {
      answers.push({ status: 503, body: '{}' });
      expect(await httpRequest([call()], allowed())).toMatchObject([{ status: 'again', lastly: { status: 503 } }]);
      const away = bench.effect('http-request', {
        method: 'GET',
        url: 'http://127.0.0.1:1/',
        headers: {},
        timeout: 2_000,
      });
      expect(await httpRequest([away], allowed())).toMatchObject([
        { status: 'again', lastly: { status: 0, body: null } },
      ]);
    });

    it('follows no redirect and takes no endless answer', async () => {
      answers.push(
        { status: 302, body: '', location: 'http://127.0.0.1:1/' },
        { status: 200, body: 'x'.repeat(70_000) },
      );
      expect(await httpRequest([call()], allowed())).toMatchObject([{ status: 'performed', result: { status: 302 } }]);
      expect(await httpRequest([call()], allowed())).toMatchObject([
        { status: 'failed', error: { code: 'HTTP_ANSWER_TOO_LARGE' } },
      ]);
    });

    it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433'])(
      'does not call %s',
      async (host) => {
        const before = seen.length;
        const [outcome] = await httpRequest([call('', host)], deps);
        expect(outcome).toMatchObject({ status: 'failed', error: { code: 'ADDRESS_NOT_PUBLIC' } });
        expect(seen).toHaveLength(before);
      },
    );

    it('knows the addresses of inside', () => {
      const inside = [
        '10.1.2.3',
        '172.16.0.1',
        '192.168.1.1',
        '169.254.169.254',
        '100.64.0.1',
        '::1',
        'fc00::1',
        'fe80::1',
        '::ffff:10.0.0.1',
        '64:ff9b::a00:1',
      ];
      expect(inside.filter(isPublic)).toEqual([]);
      expect(['8.8.8.8', '2606:4700::1111'].every(isPublic)).toBe(true);
    });
  });
});
