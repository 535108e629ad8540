import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishVersion } from '../../store/definitions.ts';
import { processBody } from '../delivery/intake/bench.ts';
import { type ApiBench, apiBench } from './bench.ts';

let api: ApiBench;

beforeAll(async () => {
  api = await apiBench();
  await api.work();
});
afterAll(async () => await api.close());

describe('definitions', () => {
  it('are drafted, checked with every mistake, published, pinned by hash, switched off and on', async () => {
    const path = '/api/definitions/process/trial';
    const wrong = processBody('trial', {
      steps: [
        { id: 'a', type: 'wait', for: 'PT1H', next: 'remnd' },
        { id: 'remind', type: 'wait', fro: 'PT1H' },
      ],
    });
    const draft = await api.call('PUT', `${path}/draft`, wrong);
    expect(draft).toMatchObject({ status: 200, body: { valid: false } });
    const refused = await api.call('POST', `${path}/publish`);
    expect(refused).toMatchObject({ status: 422, body: { code: 'DEFINITION_INVALID' } });
    expect(refused.body.problems.length).toBeGreaterThan(1);
    expect(JSON.stringify(refused.body.problems)).toContain('remind');

    const right = processBody('trial', {});
    expect((await api.call('POST', `${path}/publish`, { body: right, by: 'anna' })).body).toMatchObject({
      key: 'trial',
      version: 1,
    });
    const second = await api.call('POST', `${path}/publish`, { body: { ...right, name: 'Another' } });
    expect(second.body).toMatchObject({ version: 2 });
    const again = await api.call('POST', `${path}/publish`, { body: right });
    expect(again.body).toMatchObject({ version: 1 });
    const versions = await api.call('GET', `${path}/versions`);
    expect(versions.body.items.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect((await api.call('GET', path)).body).toMatchObject({
      live: { version: 1 },
      hasDraft: false,
      body: { key: 'trial' },
    });

    const misplaced = await api.call('POST', '/api/definitions/process/other/publish', { body: right });
    expect(misplaced.body.problems).toMatchObject([{ path: 'key', suggestion: 'other' }]);

    const { id } = (await api.call('POST', '/api/contacts', { email: 'enrol@example.com' })).body;
    expect((await api.call('POST', `${path}/disable`)).body).toMatchObject({ enabled: false });
    const closed = await api.call('POST', '/api/processes/trial/enrol', { contacts: [id] });
    expect(closed).toMatchObject({ status: 409, body: { code: 'PROCESS_NOT_ENROLLABLE' } });
    await api.call('POST', `${path}/enable`);
    const headers = { 'idempotency-key': 'enrol' };
    const enrolled = await api.call('POST', '/api/processes/trial/enrol', { contacts: [id], data: { a: 1 } }, headers);
    expect(enrolled).toMatchObject({ status: 202, body: { contacts: 1 } });
    expect(
      (await api.call('POST', '/api/processes/trial/enrol', { contacts: [id], data: { a: 1 } }, headers)).body,
    ).toEqual(enrolled.body);
    await api.drain();
    const graph = await api.call('GET', '/api/processes/trial/graph');
    expect(graph.body).toMatchObject({
      version: 1,
      first: 'pause',
      steps: [{ id: 'pause', type: 'wait', exits: [{ to: null }] }],
      counts: { statuses: { starting: 1 }, incidents: 0 },
    });
  });

  it('say which of them this release cannot read', async () => {
    const body = { kind: 'segment', key: 'foreign', name: 'Foreign', fromTheFuture: true };
    await publishVersion({ kind: 'segment', key: 'foreign', hash: 'foreign', body, by: 'another release', now: 0 });
    const { body: answer } = await api.call('GET', '/api/definitions?kind=segment');
    expect(answer.items).toMatchObject([{ key: 'foreign', problem: expect.stringContaining('fromTheFuture') }]);
  });

  it('are published with a warning for whom nobody is', async () => {
    await api.call('PUT', '/api/users/vera', { name: 'Vera', role: 'support-lead' });
    const escalation = (role: string) => ({
      id: role,
      target: 'resolution',
      at: '100%',
      steps: [{ id: 'up', type: 'assign-owner', among: { chain: ['support-lead', role] } }],
    });
    const policy = {
      kind: 'sla',
      key: 'standard',
      name: 'Standard',
      order: 1,
      targets: { resolution: { normal: 'PT8H' } },
      escalations: [escalation('support-head')],
    };
    const { status, body } = await api.call('POST', '/api/definitions/sla/standard/publish', { body: policy });
    expect(status).toBe(200);
    expect(body.warnings).toContainEqual(
      expect.objectContaining({
        path: 'escalations[0].steps[0].among.chain[1]',
        code: 'vacant-role',
        message: expect.stringContaining('nobody who is active has the role "support-head"'),
      }),
    );
    await api.call('PUT', '/api/users/hugo', { name: 'Hugo', role: 'support-head' });
    const again = await api.call('POST', '/api/definitions/sla/standard/publish', { body: policy });
    expect(again.body.warnings.map(({ code }: { code: string }) => code)).not.toContain('vacant-role');
  });
});
