import { describe, expect, it } from 'vitest';
import { intoCohorts } from '../../../delivery/intake/cohorts.ts';
import type { InstanceDoc } from '../../../store/models/instance.ts';
import type { Entrant } from '../../../workflows/messages.ts';
import { event } from '../../support/records.ts';

function letIn(n: number, key: string, data: Record<string, string> = {}): InstanceDoc {
  const [_id, contactId] = [`i-${n}`, `c-${n}`];
  const at = new Date(0);
  return {
    _id,
    process: key,
    definition: { key, version: 1, hash: `hash-${key}` },
    subject: { kind: 'contact', id: contactId, contactId },
    contactId,
    entryKey: '',
    trigger: event('test.started', 1, 0, data),
    vars: {},
    status: 'starting',
    at: [],
    incidents: [],
    startedAt: at,
    updatedAt: at,
  };
}

function sizes(instances: readonly InstanceDoc[]): Record<string, number> {
  const count: Record<string, number> = {};
  const grouped = intoCohorts(instances);
  for (const { workflowId = 'none' } of grouped.instances) count[workflowId] = (count[workflowId] ?? 0) + 1;
  const entrants = grouped.cohorts.map(({ _id, entrants }): [string, Entrant[]] => [_id, JSON.parse(entrants)]);
  expect(Object.fromEntries(entrants.map(([id, { length }]) => [id, length]))).toEqual(count);
  return count;
}

describe('cohorts', () => {
  it('are of one definition and of a bounded size, named after their first', () => {
    const crowd = Array.from({ length: 2_050 }, (_, n) => letIn(n, n % 2 === 0 ? 'even' : 'odd'));
    expect(sizes(crowd)).toEqual({ 'even-i-0': 1_000, 'odd-i-1': 1_000, 'even-i-2000': 25, 'odd-i-2001': 25 });
  });

  it('fit into a payload', () => {
    const heavy = Array.from({ length: 10 }, (_, n) => letIn(n, 'heavy', { text: 'x'.repeat(200_000) }));
    expect(Object.values(sizes(heavy))).toEqual([5, 5]);
    expect(sizes([letIn(1, 'huge', { text: 'x'.repeat(1_400_000) })])).toEqual({ 'huge-i-1': 1 });
  });
});
