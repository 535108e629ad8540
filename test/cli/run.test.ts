import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../cli/run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'voronka-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function voronka(...words: string[]): { code: number; out: string; err: string } {
  const said = { out: '', err: '' };
  const code = run(words, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
  });
  return { code, ...said };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const funnel = {
  kind: 'process',
  key: 'funnel',
  name: 'Funnel',
  triggers: [{ on: 'event', event: 'lead.created' }],
  settings: { purpose: 'transactional' },
  steps: [
    { id: 'pause', type: 'wait', for: 'P1D' },
    { id: 'hello', type: 'send-message', channel: 'email', template: 'welcome' },
    { id: 'big', type: 'branch', cases: [{ name: 'vip', when: 'trigger.total > 100' }], next: { vip: 'call' } },
    { id: 'done', type: 'end', outcome: 'small' },
    { id: 'call', type: 'create-task', title: 'Call', assignee: { owner: true } },
  ],
  scenarios: [
    {
      name: 'a big one',
      given: { contact: { email: 'a@example.com', timezone: 'Europe/Moscow' }, now: '2026-03-02T12:00:00+03:00' },
      events: [{ at: 'PT0S', event: 'lead.created', data: { total: 500 } }],
      expect: { outcome: 'completed', messages: [{ template: 'welcome', after: 'P1D' }], tasks: [{ step: 'call' }] },
    },
  ],
};

describe('voronka validate', () => {
  it('finds nothing wrong with what is shipped, templates included', () => {
    const { code, out } = voronka('validate');
    expect(out).toMatch(/^\d+ files, 0 errors, 0 warnings\n$/);
    expect(code).toBe(0);
  });

  it('reports every mistake of a file with its path and its cure, and exits with 1', () => {
    const steps = [
      { id: 'pause', type: 'wait', for: 'P1D', next: 'dne' },
      { id: 'done', type: 'edn' },
    ];
    const path = file('wrong.json', { ...funnel, steps, scenarios: [] });
    const { code, out } = voronka('validate', path);
    expect(out).toContain('steps[0].next: unknown step "dne", did you mean "done"?  [unknown-step]');
    expect(out).toContain('steps[1].type: unknown step type "edn", did you mean "end"?');
    expect(out).toContain('1 file, 2 errors, 1 warning');
    expect(code).toBe(1);
  });

  it('gives the same as JSON', () => {
    const path = file('broken.json', '{ "kind": ');
    const { code, out } = voronka('validate', path, '--json');
    expect(JSON.parse(out)).toMatchObject([{ file: path, problems: [{ severity: 'error', code: 'wrong-type' }] }]);
    expect(code).toBe(1);
  });

  it('exits with 0 on warnings alone', () => {
    const { code, out } = voronka('validate', file('bare.json', { ...funnel, scenarios: [] }));
    expect(out).toContain('[no-scenario]');
    expect(code).toBe(0);
  });
});

describe('voronka simulate', () => {
  it('prints a dated timeline of messages, waits and branches', () => {
    const { code, out } = voronka('simulate', file('funnel.json', funnel));
    expect(out).toContain('funnel: a big one');
    expect(out).toContain('2026-03-02 mon 12:00   +0d 00:00  pause: waits until 2026-03-03 tue 12:00');
    expect(out).toContain('2026-03-03 tue 12:00   +1d 00:00  hello: email "welcome"');
    expect(out).toContain('big: goes by "vip"');
    expect(out).toContain('1 as expected, 0 not');
    expect(code).toBe(0);
  });

  it('tells of a message that waited for the morning', () => {
    const { out } = voronka('simulate', '-s', 'leaves the cart late in the evening: the mail waits for the morning');
    expect(out).toContain(
      '2026-03-02 mon 21:30   +0d 01:00  remind: waits for its send window until 2026-03-03 tue 09:00',
    );
    expect(out).toContain('2026-03-03 tue 09:00   +0d 12:30  remind: email "cart-reminder"');
  });

  it('tells of a message that was put off, when it leaves, and of branches and passes', () => {
    const mail = (id: string) => ({ id, type: 'send-message', channel: 'email', template: 'welcome' });
    const steps = [
      {
        id: 'both',
        type: 'parallel',
        branches: { mail: [mail('one')], pause: [{ id: 'hour', type: 'wait', for: 'PT1H' }] },
      },
      { id: 'again', type: 'repeat', max: 2, steps: [mail('more')] },
    ];
    const scenario = {
      name: 'over the cap of two a day',
      given: {
        contact: { email: 'a@example.com', timezone: 'Europe/Moscow', consent: { email: 'granted' } },
        now: '2026-03-02T12:00:00+03:00',
      },
      events: [{ at: 'PT0S', event: 'lead.created' }],
      expect: { outcome: 'completed' },
    };
    const path = file('capped.json', {
      ...funnel,
      settings: { purpose: 'marketing' },
      steps,
      scenarios: [scenario],
    });
    const { code, out } = voronka('simulate', path);
    expect(code).toBe(0);
    const told = out.split('\n').map((line) => line.slice(line.indexOf('+')).replace(/^\S+ \S+ {2}/, ''));
    expect(told).toEqual(expect.arrayContaining(['both: runs mail, pause', 'again: pass 1', 'again: pass 2']));
    const putOff = told.findIndex((line) => line.startsWith('more: put off (cap) until 2026-03-03 tue'));
    expect(told[putOff + 1]).toBe('more: email "welcome"');
    expect(out).not.toContain('until it comes');
  });

  it('exits with 1 when a scenario goes another way, and says which', () => {
    const [scenario] = funnel.scenarios;
    const path = file('fails.json', { ...funnel, scenarios: [{ ...scenario, expect: { outcome: 'small' } }] });
    const { code, out } = voronka('simulate', path);
    expect(out).toContain('✗ outcome: expected "small", was "completed"');
    expect(code).toBe(1);
  });

  it('plays one scenario by its name, as JSON too, and knows the names there are', () => {
    const path = file('funnel.json', funnel);
    const [played] = JSON.parse(voronka('simulate', path, '--scenario', 'a big one', '--json').out);
    expect(played).toMatchObject({ process: 'funnel', mistakes: [], run: { outcome: 'completed' } });
    expect(voronka('simulate', path, '-s', 'a bg one')).toMatchObject({
      code: 2,
      err: 'voronka simulate: there is no scenario "a bg one", did you mean "a big one"?\n',
    });
  });
});

describe('voronka graph', () => {
  it('draws a process', () => {
    const { code, out } = voronka('graph', file('funnel.json', funnel));
    expect(out).toContain('s_big -->|"vip"| s_call');
    expect(code).toBe(0);
  });

  it('names each of several, in the language that was asked for', () => {
    const { out } = voronka('graph', '--language', 'ru');
    expect(out).toContain('%% welcome-series');
    expect(out).toContain('Приветствие');
    expect(voronka('graph', '--language', 'de').code).toBe(2);
  });
});

describe('a wrong command line', () => {
  it.each([
    [['simlate'], 'there is no such command, did you mean "simulate"?'],
    [['validate', '--libary', 'x'], `Unknown option '--libary', did you mean "--library"?`],
    [['validate', 'nope.json'], 'nope.json: there is no such file or folder'],
    [['validate', '--library', 'docs'], 'there is neither definitions/ nor templates/ in it'],
    [['graph', 'definitions/segments'], 'there is no sound process here'],
    [['toString'], 'there is no such command'],
  ])('%j exits with 2 and says what to do', (words, message) => {
    const { code, out, err } = voronka(...words);
    expect(err).toContain(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('gets help, for all and for each command', () => {
    expect(voronka()).toMatchObject({ code: 2, out: expect.stringContaining('validate') });
    expect(voronka('--help').code).toBe(0);
    for (const command of ['validate', 'simulate', 'graph']) {
      expect(voronka(command, '--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit code') });
    }
  });
});
