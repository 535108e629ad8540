import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'voronka-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const policy = {
  kind: 'sla',
  key: 'standard',
  name: 'Standard',
  order: 10,
  calendar: 'office-ru',
  targets: { 'first-response': { normal: 'PT4H' } },
  escalations: [
    {
      id: 'soon',
      target: 'first-response',
      at: '75%',
      steps: [{ id: 'tell', type: 'notify-user', to: { role: 'lead' }, text: 'Soon' }],
    },
  ],
  scenarios: [
    {
      name: 'late',
      given: { now: '2026-03-02T15:00:00+03:00' },
      events: [{ at: 'P1DT1H', event: 'ticket.agent-replied' }],
      expect: { breached: [{ target: 'first-response', after: 'PT19H' }] },
    },
  ],
};

function simulate(content: object, ...words: string[]): { code: number; out: string } {
  const path = join(folder, 'policy.json');
  writeFileSync(path, JSON.stringify(content));
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  return { code: run(['simulate', path, ...words], { out: write, err: write }), out };
}

describe('voronka simulate of an SLA policy', () => {
  it('prints a dated timeline of clocks and escalations', () => {
    const { code, out } = simulate(policy);
    expect(out.split('\n')).toEqual([
      'standard: late',
      '  times of Europe/Moscow',
      '  2026-03-02 mon 15:00   +0d 00:00  first-response: started (ticket.created), 0 of 240 min, due 2026-03-03 tue 10:00',
      '  2026-03-02 mon 18:00   +0d 03:00  first-response: warned at 75% (soon), 180 of 240 min',
      '  2026-03-02 mon 18:00   +0d 03:00  escalation soon, tell: notify-user',
      '  2026-03-03 tue 10:00   +0d 19:00  first-response: breached, 240 of 240 min, due 2026-03-03 tue 10:00',
      '  2026-03-03 tue 16:00   +1d 01:00  ticket.agent-replied',
      '  2026-03-03 tue 16:00   +1d 01:00  first-response: met by ticket.agent-replied, 600 of 240 min',
      '  2026-03-03 tue 16:00   +1d 01:00  ticket.changed',
      '  ✓ as expected',
      '',
      '1 as expected, 0 not',
      '',
    ]);
    expect(code).toBe(0);
  });

  it('says what is not as expected, and gives the run as JSON', () => {
    const [scenario] = policy.scenarios;
    const { code, out } = simulate({ ...policy, scenarios: [{ ...scenario, expect: { breached: [] } }] }, '--json');
    expect(code).toBe(1);
    const [played] = JSON.parse(out);
    expect(played).toMatchObject({ sla: 'standard', scenario: 'late', run: { zone: 'Europe/Moscow' } });
    expect(played.mistakes).toEqual(['breached: expected none; were first-response']);
  });
});
