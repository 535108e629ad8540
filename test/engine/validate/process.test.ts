import { describe, expect, it } from 'vitest';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { type Draft, draft, smallLibrary } from './library.ts';

/** `path code` of every problem of a process that has these changes. */
function problemsOf(changes: Draft) {
  return validateDefinition(draft(changes), smallLibrary()).problems;
}

function lines(changes: Draft): string[] {
  return problemsOf(changes).map(({ path, code, severity }) => `${severity} ${path} ${code}`);
}

const pause = { id: 'pause', type: 'wait', for: 'PT1H' };
const hello = { id: 'hello', type: 'send-message', channel: 'email', template: 'hello' };

describe('a process', () => {
  it('without a mistake is returned, parsed, with its defaults', () => {
    const { definition, problems } = validateDefinition(draft(), smallLibrary());
    expect(problems).toEqual([]);
    expect(definition).toMatchObject({ kind: 'process', subject: 'contact', settings: { maxVisits: 1000 } });
  });

  it('has all its mistakes reported at once, each with its path and its cure', () => {
    const { definition, problems } = validateDefinition(
      draft({
        naem: 'typo',
        triggers: [{ on: 'event', event: 'lead.created', when: 'contact.emial != ""' }],
        settings: { sendWindow: 'dayime' },
        steps: [
          { id: 'pause', type: 'wait', for: '1 hour', next: 'remnd' },
          { id: 'remind', type: 'send-mesage', channel: 'email', template: 'hello' },
          { id: 'check', type: 'branch', cases: [{ name: 'big', when: 'trigger.total > 5' }], next: { bgi: 'hello' } },
          { id: 'check', type: 'wait', for: 'PT1H', calender: 'office' },
          { id: 'office-hours', type: 'wait', for: 'PT1H', calendar: 'offce', next: 'remnd' },
          { id: 'hello', type: 'send-message', channel: 'email', template: 'helo' },
        ],
      }),
      smallLibrary(),
    );
    expect(definition).toBeUndefined();
    const found = problems.filter(({ severity }) => severity === 'error').map(({ path, code }) => `${path} ${code}`);
    expect(found.sort()).toEqual([
      'naem unknown-key',
      'settings.sendWindow unknown-send-window',
      'steps[0].for wrong-value',
      'steps[1].type wrong-value',
      'steps[2].next.bgi unknown-exit',
      'steps[3].calender unknown-key',
      'steps[3].id duplicate-id',
      'steps[4].calendar unknown-calendar',
      'steps[4].next unknown-step',
      'steps[5].template unknown-template',
      'triggers[0].when condition-invalid',
    ]);
    const at = (path: string) => problems.find((problem) => problem.path === path);
    expect(at('naem')?.suggestion).toBe('name');
    expect(at('steps[1].type')?.message).toBe('unknown step type "send-mesage", did you mean "send-message"?');
    expect(at('steps[4].next')?.message).toBe('unknown step "remnd", did you mean "remind"?');
    expect(at('steps[2].next.bgi')?.suggestion).toBe('big');
    expect(at('steps[3].calender')?.suggestion).toBe('calendar');
    expect(at('steps[5].template')?.suggestion).toBe('email/hello');
    expect(at('settings.sendWindow')?.suggestion).toBe('daytime');
    expect(at('steps[0].for')?.message).toContain('ISO 8601');
  });

  it('names what is missing or of the wrong type', () => {
    const { problems } = validateDefinition(
      { kind: 'process', key: 5, steps: [{ id: 'x', type: 'wait-for-event' }] },
      smallLibrary(),
    );
    const found = Object.fromEntries(problems.map(({ path, message }) => [path, message]));
    expect(found).toMatchObject({
      key: 'this must be a string, not a number',
      name: '"name" is missing',
      triggers: '"triggers" is missing: give an array',
      'steps[0].event': '"event" is missing: give a string',
    });
  });

  it('is refused for a cycle that never waits, wherever it runs, and for a wait outside of the cycle', () => {
    const ask = {
      id: 'ask',
      type: 'branch',
      cases: [{ name: 'yes', when: 'contact.score.total > 5' }],
      next: { else: 'note' },
    };
    const note = { id: 'note', type: 'update-record', set: { company: 'x' }, next: 'ask' };
    const last = { id: 'last', type: 'end', outcome: 'done' };
    const way = { ...ask, next: { yes: 'last', else: 'note' } };
    expect(lines({ steps: [pause, way, note, last] })).toContain('error steps[1] endless-loop');
    const parallel = {
      id: 'both',
      type: 'parallel',
      branches: { one: [{ ...note, next: undefined }], two: [way, note, { ...last, id: 'last' }] },
    };
    expect(lines({ steps: [JSON.parse(JSON.stringify(parallel))] })).toContain(
      'error steps[0].branches.two[0] endless-loop',
    );
    expect(lines({ steps: [way, { ...note, next: 'pause' }, { ...pause, next: 'ask' }, last] }).join()).not.toContain(
      'endless-loop',
    );
  });

  it('may not leave a container by "next"', () => {
    const inner = { ...hello, next: 'pause' };
    const steps = [
      { id: 'both', type: 'parallel', branches: { one: [inner], two: [{ ...pause, id: 'rest' }] } },
      pause,
    ];
    const [problem] = problemsOf({ steps });
    expect(problem).toMatchObject({ path: 'steps[0].branches.one[0].next', code: 'unknown-step' });
    expect(problem?.message).toContain('another list');
  });

  it('gets warnings for unreachable steps, no goal, no unsubscribe exit, no scenario, and stays publishable', () => {
    const steps = [{ ...pause, next: 'finish' }, hello, { id: 'finish', type: 'end', outcome: 'done' }];
    const { definition, problems } = validateDefinition(
      draft({ steps, goals: [], exits: [], scenarios: [] }),
      smallLibrary(),
    );
    expect(problems.map(({ path, code, severity }) => `${severity} ${path} ${code}`)).toEqual([
      'warning steps[1] unreachable-step',
      'warning goals no-goal',
      'warning exits no-unsubscribe-exit',
      'warning scenarios no-scenario',
    ]);
    expect(definition?.key).toBe('funnel');
  });

  it('is refused when a template reads what nothing provides', () => {
    const cart = { ...hello, template: 'cart' };
    const started = (data: object) => [
      { name: 's', given: {}, events: [{ at: 'PT0S', event: 'lead.created', data }], expect: {} },
    ];
    expect(lines({ steps: [cart], scenarios: started({ carturl: 'x' }) })).toEqual([
      'error steps[0].template template-variable-missing',
    ]);
    expect(problemsOf({ steps: [cart], scenarios: started({ carturl: 'x' }) })[0]?.suggestion).toBe('trigger.carturl');
    expect(lines({ steps: [cart], scenarios: started({ cartUrl: 'https://example.com' }) })).toEqual([]);
    const rate = { ...hello, template: 'rate' };
    const call = { id: 'call', type: 'http-request', url: 'https://example.com', into: 'answer' };
    expect(lines({ steps: [rate], scenarios: [] })).toContain('error steps[0].template template-variable-missing');
    expect(lines({ steps: [call, rate], scenarios: [] }).join()).not.toContain('template-variable-missing');
  });

  it('is refused when a survey has no link to its page, and when another message has one', () => {
    const ask = { id: 'ask', type: 'send-survey', survey: 'nps', channel: 'email', template: 'mark' };
    const missing = 'error steps[0].template template-variable-missing';
    expect(lines({ steps: [ask], scenarios: [] })).not.toContain(missing);
    expect(lines({ steps: [{ ...ask, template: 'hello' }], scenarios: [] })).toContain(missing);
    expect(lines({ steps: [{ ...hello, template: 'mark' }], scenarios: [] })).toContain(missing);
  });

  it('is refused when a template speaks of a ticket that is not there, or of a field that no ticket has', () => {
    const number = { ...hello, template: 'number' };
    const said = (subject: string) =>
      problemsOf({ subject, steps: [number], scenarios: [] }).flatMap(({ code, message }) =>
        code === 'template-variable-missing' ? [message] : [],
      );
    expect(said('contact')).toEqual([
      expect.stringContaining('this process is not about tickets'),
      expect.stringContaining('this process is not about tickets'),
    ]);
    expect(said('ticket')).toEqual([expect.stringContaining('did you mean "number"')]);
  });

  it('is refused when one of its scenarios sends a message without its data', () => {
    const scenario = (name: string, data: object) => ({
      name,
      given: { contact: { email: 'a@example.com' } },
      events: [{ at: 'PT0S', event: 'lead.created', data }],
      expect: {},
    });
    const scenarios = [scenario('full', { cartUrl: 'https://example.com' }), scenario('empty', {})];
    const [problem, ...rest] = problemsOf({ steps: [{ ...hello, template: 'cart' }], scenarios });
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ path: 'scenarios[1]', code: 'scenario-failed' });
    expect(problem?.message).toContain('trigger.cartUrl');
  });

  it('is refused when a scenario fails, with what was expected and what came', () => {
    const [scenario] = draft().scenarios as Draft[];
    const [problem] = problemsOf({
      scenarios: [{ ...scenario, expect: { messages: [{ template: 'hello', after: 'PT2H' }] } }],
    });
    expect(problem).toMatchObject({ path: 'scenarios[0]', code: 'scenario-failed', severity: 'error' });
    expect(problem?.message).toContain('says hello');
  });

  it('is refused when its scenarios share a name or speak of steps that do not exist', () => {
    const scenario = {
      name: 's',
      given: { http: { cal: { status: 200 } } },
      events: [
        { at: 'PT0S', event: 'lead.created' },
        { at: 'PT2H', event: 'message.clicked', of: 'helo' },
      ],
      expect: { steps: ['pase'], skipped: [{ step: 'helo' }], tasks: [{ step: 'helo' }] },
    };
    expect(
      lines({ scenarios: [scenario, { ...scenario, given: {}, events: scenario.events.slice(0, 1), expect: {} }] }),
    ).toEqual([
      'error scenarios[1].name duplicate-id',
      'error scenarios[0].given.http.cal unknown-step',
      'error scenarios[0].events[1].of unknown-step',
      'error scenarios[0].expect.steps[0] unknown-step',
      'error scenarios[0].expect.skipped[0].step unknown-step',
      'error scenarios[0].expect.tasks[0].step unknown-step',
    ]);
  });

  it('warns of a template of another purpose, of a missing language and of a field that not everybody has', () => {
    const sms = { ...hello, channel: 'sms' };
    expect(lines({ steps: [sms], scenarios: [] }).filter((line) => line.includes('template'))).toEqual([
      'warning steps[0].template template-language-missing',
      'warning steps[0].template purpose-mismatch',
      'warning steps[0].template template-variable-missing',
    ]);
  });

  it('is refused when contacts go through it and a step works on a ticket', () => {
    const steps = [
      { id: 'raise', type: 'update-record', set: { priority: 'high', company: 'Ltd' } },
      { id: 'note', type: 'add-note', text: 'Raised' },
    ];
    expect(lines({ steps }).filter((line) => line.startsWith('error'))).toEqual([
      'error steps[0].set.priority subject-unfit',
      'error steps[1] subject-unfit',
    ]);
    const ofTickets = { steps, subject: 'ticket', triggers: [{ on: 'event', event: 'ticket.created' }], scenarios: [] };
    expect(lines(ofTickets).filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('checks cron, segments and fields of triggers', () => {
    const triggers = [
      { on: 'schedule', cron: '0 99 * * *', segment: 'silent' },
      { on: 'segment', segment: 'silnt' },
      { on: 'change', field: 'contact.langauge' },
      { on: 'change', field: 'plan' },
    ];
    const problems = problemsOf({ triggers, scenarios: [] }).filter(({ severity }) => severity === 'error');
    expect(problems.map(({ path, suggestion }) => [path, suggestion])).toEqual([
      ['triggers[0].cron', '0 9 * * 1-5'],
      ['triggers[1].segment', 'silent'],
      ['triggers[2].field', 'contact.language'],
      ['triggers[3].field', 'contact.plan'],
    ]);
  });

  it('warns when processes start each other in a circle', () => {
    const library = smallLibrary();
    const other = draft({ key: 'other', steps: [{ id: 'back', type: 'start-process', process: 'funnel' }] });
    const first = validateDefinition(draft(), library).definition;
    if (first?.kind === 'process') library.processes.funnel = first;
    const second = validateDefinition({ ...other, scenarios: [] }, library).definition;
    expect(second?.kind).toBe('process');
    if (second?.kind === 'process') library.processes.other = second;
    const steps = [{ id: 'on', type: 'start-process', process: 'other' }];
    const { problems } = validateDefinition(draft({ steps, scenarios: [] }), library);
    expect(problems.find(({ code }) => code === 'start-loop')?.message).toContain('funnel → other → funnel');
  });
});
