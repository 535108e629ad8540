import { describe, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';

describe('voronka simulate of a pipeline', () => {
  it('prints a dated timeline of events, moves and steps of stages', () => {
    let out = '';
    const write = (text: string) => {
      out += text;
    };
    const code = run(
      ['simulate', 'definitions/pipelines/b2b.json', '--scenario', 'a proposal without an amount does not go out'],
      { out: write, err: write },
    );
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'b2b: a proposal without an amount does not go out',
      '  times of Europe/Moscow',
      '  2026-03-02 mon 12:00   +0d 00:00  deal.created',
      '  2026-03-02 mon 12:00   +0d 00:00  deal.changed',
      '  2026-03-02 mon 12:00   +0d 00:00  new → qualified by itself (taken)',
      '  2026-03-02 mon 14:00   +0d 02:00  proposal.sent',
      '  2026-03-02 mon 14:00   +0d 02:00  not into proposal: amount (proposal-sent)',
      '  2026-03-02 mon 15:00   +0d 03:00  deal.changed',
      '  2026-03-02 mon 16:00   +0d 04:00  proposal.sent',
      '  2026-03-02 mon 16:00   +0d 04:00  deal.changed',
      '  2026-03-02 mon 16:00   +0d 04:00  qualified → proposal by itself (proposal-sent)',
      '  ✓ as expected',
      '',
      '1 as expected, 0 not',
      '',
    ]);
  });
});
