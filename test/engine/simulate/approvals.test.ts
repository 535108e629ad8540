import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../engine/json.ts';
import { emptyLibrary } from '../../../engine/library.ts';
import { processSchema } from '../../../engine/schema/index.ts';
import { checkRun } from '../../../engine/simulate/check.ts';
import { simulate } from '../../../engine/simulate/simulate.ts';

const end = (id: string): JsonObject => ({ id, type: 'end', outcome: id });

/** Plays the only scenario of a process that has an invoice approved. */
function played(step: JsonObject, scenario: JsonObject) {
  const ask = { id: 'ask', type: 'request-approval', title: 'Invoice', document: 'invoice', into: 'approval', ...step };
  const process = processSchema.parse({
    kind: 'process',
    key: 'invoicing',
    name: 'Invoicing',
    triggers: [{ on: 'event', event: 'order.placed' }],
    steps: [
      {
        id: 'invoice',
        type: 'generate-document',
        template: 'invoice',
        items: { cel: "[{'name': 'x', 'quantity': 1, 'price': trigger.total}]" },
        into: 'invoice',
      },
      { ...ask, next: { approved: 'approved', rejected: 'rejected', timeout: 'late' } },
      ...['approved', 'rejected', 'late'].map(end),
    ],
    scenarios: [
      {
        name: 's',
        ...scenario,
        events: [{ at: 'PT0S', event: 'order.placed', data: { total: 900 } }, ...[scenario.events ?? []].flat()],
      },
    ],
  });
  const [only] = process.scenarios;
  if (only === undefined) throw new Error('no scenario');
  const run = simulate(process, emptyLibrary(), only);
  const left = run.timeline.find(({ kind, step: id }) => kind === 'received' && id === 'ask');
  return { run, mismatches: checkRun(run, only), detail: left?.detail };
}

const two: JsonObject & { stages: JsonObject[] } = {
  stages: [{ id: 'board', approvers: [{ user: 'anna' }, { user: 'boris' }, { role: 'head' }], need: 2 }],
};

describe('a process that has something approved', () => {
  it('goes on by what its people decide, one by one', () => {
    const decided = (at: string, user: string, decision: string) => {
      return { at, event: 'approval.decision', of: 'ask', data: { user, decision, comment: 'Fine.' } };
    };
    const { mismatches, detail } = played(two, {
      given: { users: [{ key: 'hanna', role: 'head' }] },
      events: [
        decided('PT1H', 'anna', 'rejected'),
        decided('PT2H', 'hanna', 'approved'),
        decided('PT3H', 'boris', 'approved'),
      ],
      expect: { outcome: 'approved', steps: ['invoice', 'ask', 'approved'] },
    });
    expect(mismatches).toEqual([]);
    expect(detail).toMatchObject({ outcome: 'approved', by: 'user:boris', comment: 'Fine.' });
  });

  it('goes on by an outcome that a scenario names', () => {
    for (const outcome of ['approved', 'rejected', 'withdrawn']) {
      const { mismatches, detail } = played(two, {
        events: [{ at: 'P1D', event: 'approval.decided', of: 'ask', data: { outcome } }],
        expect: { outcome: outcome === 'approved' ? 'approved' : 'rejected' },
      });
      expect([mismatches, detail?.outcome]).toEqual([[], outcome]);
    }
  });

  it('asks nobody below a threshold, and goes on at once', () => {
    const [board] = two.stages;
    const stages = [{ ...board, when: 'vars.invoice.gross > 1000.0' }];
    expect(played({ stages }, { expect: { outcome: 'approved' } }).mismatches).toEqual([]);
  });

  it('is late when nobody decides, to the second', () => {
    const { run, mismatches } = played({ ...two, within: 'P2D', remind: 'PT5H' }, { expect: { outcome: 'late' } });
    expect([mismatches, (run.endedAt ?? 0) - run.startedAt]).toEqual([[], 2 * 86_400_000]);
  });

  it('escalates in the time of a scenario, and says what cannot be decided', () => {
    const escalated = { ...two, escalate: { after: 'P1D', to: { user: 'elena' } } };
    const { mismatches } = played(escalated, {
      events: [
        { at: 'P2D', event: 'approval.decision', of: 'ask', data: { user: 'elena', decision: 'approved' } },
        { at: 'P2D', event: 'approval.decision', of: 'ask', data: { user: 'anna', decision: 'approved' } },
        { at: 'P2D', event: 'approval.decision', of: 'other', data: {} },
        { at: 'P3D', event: 'approval.decision', of: 'ask', data: { user: 'boris', decision: 'approved' } },
      ],
      expect: { outcome: 'approved' },
    });
    expect(mismatches).toEqual([
      expect.stringContaining('anna is not asked now'),
      expect.stringContaining('step "other", which had not asked'),
    ]);
  });
});
