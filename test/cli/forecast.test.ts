import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';
import { asOf, type DrawnDeal, day, history, opening } from '../engine/forecast/history.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'voronka-forecast-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sources = { referral: 0.8, advert: -0.8 };
const now = opening + 330 * day;

function written(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** As docs/forecast.md describes it. */
function fileOf(deals: readonly DrawnDeal[]): object {
  const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  return {
    deals: deals.map(({ truth: _, ...deal }) => ({
      ...deal,
      createdAt: iso(deal.createdAt),
      activityAt: iso(deal.activityAt),
      closedAt: iso(deal.closedAt),
      moves: deal.moves.map(({ at, ...move }) => ({ at: iso(at), ...move })),
      trail: deal.trail?.map(({ at, ...point }) => ({ at: iso(at), ...point })),
    })),
  };
}

function voronka(...words: string[]): { code: number; out: string; err: string } {
  const said = { out: '', err: '' };
  const code = run(['forecast', ...words], {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
  });
  return { code, ...said };
}

describe('voronka forecast --backtest', () => {
  it('prints Brier, log loss and calibration beside the plain stage average', () => {
    const file = written('many.json', fileOf(history({ seed: 'cli', deals: 500, sources })));
    const { code, out } = voronka('--backtest', '--file', file);
    expect(code).toBe(0);
    const [, plain = '1'] = /plain stage average +([\d.]+)/.exec(out) ?? [];
    const [, own = '1'] = /with the facts +([\d.]+)/.exec(out) ?? [];
    expect(Number(own)).toBeLessThan(Number(plain));
    expect(out).toMatch(/500 deals are over, \d+ of them won \(\d+\.\d %\)/);
    expect(out).toMatch(/80 % interval\): Brier -0\.\d{4} \(-0\.\d{4} … -0\.\d{4}\)/);
    expect(out).toMatch(/20–30 % +\d+ +2\d\.\d % +\d+\.\d %/);
    expect(out).toContain('Shown is the average of the stage and what the facts add to it');
  });

  it('says the same as JSON, and the same each time', () => {
    const file = written('json.json', fileOf(history({ seed: 'json', deals: 300, sources })));
    const { out } = voronka('-b', '-f', file, '--json');
    const [report] = JSON.parse(out);
    expect(report).toMatchObject({ pipeline: 'sales', deals: 300, judged: { deals: expect.any(Number) } });
    expect(report.judged.difference.brier.low).toBeLessThan(report.judged.difference.brier.high);
    expect(voronka('-b', '-f', file, '--json').out).toBe(out);
  });

  it('says when deals are too few to judge', () => {
    const file = written('few.json', fileOf(history({ seed: 'few', deals: 5 })));
    expect(voronka('--backtest', '-f', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Too few to judge: a back-test needs 40.'),
    });
  });
});

describe('voronka forecast', () => {
  it('prints what open deals are expected to bring, by month and owner', () => {
    const deals = asOf(history({ seed: 'open', deals: 400, sources }), now).map((deal) => ({ ...deal, owner: 'anna' }));
    const file = written('open.json', fileOf(deals));
    const { code, out } = voronka(
      '-f',
      file,
      '--at',
      new Date(now).toISOString(),
      '--months',
      '2',
      '--zone',
      'Europe/Moscow',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/2025-11 +2025-12 +later +total\n +anna +\d+ \(\d+…\d+\)/);
    expect(out).toMatch(/sales: \d+ open deals; learned from \d+ that are over/);
  });

  it.each([
    ['--file', 'nowhere.json', 'there is no such file'],
    ['--months', '99', '--months: write a number from 1 to 24'],
    ['--at', 'soon', '--at: write a time'],
    ['--zone', 'Moscow', 'there is no time zone "Moscow"'],
  ])('says what is wrong with %s %s', (option, value, message) => {
    const file = written('one.json', fileOf([]));
    expect(voronka('-f', file, option, value)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it('names the place of a mistake in the file', () => {
    const wrong = written('wrong.json', { deals: [{ id: 'a', pipeline: 'sales', status: 'maybe' }] });
    expect(voronka('-f', wrong)).toMatchObject({ code: 2, err: expect.stringContaining('deals.0.status') });
    expect(voronka('-f', written('text.json', 'no'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('not JSON'),
    });
  });
});
