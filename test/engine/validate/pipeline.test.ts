import { describe, expect, it } from 'vitest';
import { calendarSchema } from '../../../engine/schema/calendar.ts';
import { validateDefinition } from '../../../engine/validate/validate.ts';
import { smallLibrary } from './library.ts';

const tell = { id: 'tell', type: 'notify-user', to: { role: 'head' }, text: '{{deal.title}}' };
const offer = { key: 'offer', name: 'Offer' };

function draft(changes = {}) {
  return { kind: 'pipeline', key: 'sales', name: 'Sales', stages: [{ key: 'new', name: 'New' }, offer], ...changes };
}

function library() {
  const library = smallLibrary();
  const never = { kind: 'calendar', key: 'never', name: 'N', timezone: 'UTC', hours: {} };
  library.calendars.never = calendarSchema.parse(never);
  library.people = [{ key: 'anna', role: 'head', active: true, skills: [] }];
  return library;
}

/** `severity path code suggestion` of every problem. */
function problems(changes = {}): string[] {
  return validateDefinition(draft(changes), library()).problems.map(({ severity, path, code, suggestion }) =>
    [severity, path, code, ...(suggestion === undefined ? [] : [suggestion])].join(' '),
  );
}

/** The same for a pipeline whose second stage has these parts. */
function inStage(parts: object): string[] {
  return problems({
    stages: [
      { key: 'new', name: 'New' },
      { ...offer, ...parts },
    ],
  });
}

const guard = (parts: object) => ({ id: 'guard', message: 'No.', ...parts });
const move = (id: string, parts: object) => ({ id, to: 'offer', on: 'offer.sent', ...parts });

describe('a pipeline', () => {
  it('without a mistake is taken', () => {
    expect(problems()).toEqual([]);
    const guards = [
      guard({ fields: ['deal.amount', 'deal.attributes.budget', 'contact.phone'], roles: ['head'] }),
      guard({ id: 'large', when: 'deal.amount > 5 && contact.score.total > 1 && deal.createdAt < now' }),
    ];
    const limits = {
      deadline: { within: 'PT9H', calendar: 'office', steps: [tell] },
      enter: [{ ...tell, id: 'hello' }],
    };
    expect(
      inStage({
        guards,
        ...limits,
        leave: [tell],
        idle: { within: 'P3D', calendar: 'office', steps: [{ ...tell, id: 'idle' }] },
      }),
    ).toEqual([]);
    expect(problems({ moves: [move('sent', { when: 'event.total > 1 && has(deal.owner)' })] })).toEqual([]);
  });

  it('names stages, fields, roles and reasons that there are', () => {
    expect(problems({ moves: [move('a', { to: 'ofer' })] })).toEqual([
      'error moves[0].to unknown-stage offer',
      'warning stages[1] unreachable-stage',
    ]);
    expect(problems({ moves: [move('a', { from: ['won'] })] })).toEqual(['error moves[0].from[0] unknown-stage']);
    expect(
      inStage({ guards: [guard({ fields: ['deal.amont', 'contact.shoe', 'ticket.topic', 'deal.attributes'] })] }),
    ).toEqual([
      'error stages[1].guards[0].fields[0] unknown-field deal.amount',
      'error stages[1].guards[0].fields[1] unknown-field contact.attributes.shoe',
      'error stages[1].guards[0].fields[2] unknown-field',
      'error stages[1].guards[0].fields[3] unknown-field',
    ]);
    expect(inStage({ guards: [guard({ roles: ['haed'] })] })).toEqual([
      'warning stages[1].guards[0].roles[0] vacant-role head',
    ]);
    const reasons = { lostReasons: [{ key: 'price', name: 'Too dear' }] };
    const lost = (parts: object) =>
      problems({ ...reasons, moves: [move('a', {}), move('b', { to: 'lost', ...parts })] });
    expect(lost({ reason: 'price' })).toEqual([]);
    expect(lost({ reason: 'prise' })).toEqual(['error moves[1].reason unknown-stage price']);
    expect(lost({})).toEqual(['error moves[1].reason missing-key price']);
    expect(problems({ ...reasons, moves: [move('a', { reason: 'price' })] })).toEqual([
      'error moves[0].reason wrong-value',
    ]);
  });

  it('asks what can be answered', () => {
    expect(inStage({ guards: [guard({ when: 'deal.amount > "5"' })] })).toEqual([
      'error stages[1].guards[0].when condition-invalid',
    ]);
    expect(inStage({ guards: [guard({ when: 'deal.amont > 5' })] })).toEqual([
      'error stages[1].guards[0].when condition-invalid amount',
    ]);
    expect(inStage({ guards: [guard({ when: 'event.total > 5' })] })).toHaveLength(1);
    expect(problems({ moves: [move('a', { when: 'ticket.number > 5' })] })).toEqual([
      'error moves[0].when condition-invalid',
    ]);
  });

  it('has names of its own for everything', () => {
    expect(problems({ stages: [offer, offer] })).toEqual(['error stages[1].key duplicate-id']);
    expect(problems({ moves: [move('a', {}), move('a', { on: 'offer.seen' })] })).toEqual([
      'error moves[1].id duplicate-id',
    ]);
    const two = { guards: [guard({ when: 'true' })] };
    expect(inStage(two).concat(problems({ stages: [offer], won: two, lost: two }))).toEqual([
      'error lost.guards[0].id duplicate-id',
    ]);
    expect(inStage({ enter: [tell], idle: { within: 'P1D', steps: [tell] } })).toEqual([
      'error stages[1].idle.steps[0].id duplicate-id',
    ]);
    expect(inStage({ enter: [{ ...tell, id: 'stage-idle' }] })).toEqual(['error stages[1].enter[0].id wrong-value']);
    expect(problems({ stages: [{ key: 'won', name: 'Won' }] })).toEqual(['error stages[0].key wrong-value']);
  });

  it('has steps that are checked like those of a process, with the deal in scope', () => {
    expect(inStage({ enter: [{ ...tell, text: '{{deal.titel}} {{ticket.number}}' }] })).toEqual([
      'error stages[1].enter[0].text condition-invalid title',
      'error stages[1].enter[0].text condition-invalid',
    ]);
    expect(inStage({ deadline: { within: 'P1D', steps: [{ ...tell, next: 'gone' }] } })).toEqual([
      'error stages[1].deadline.steps[0].next unknown-step',
    ]);
    expect(inStage({ leave: [{ id: 'x', type: 'send-letter' }] })).toEqual([
      'error stages[1].leave[0].type wrong-value',
    ]);
  });

  it('has limits that come', () => {
    const limit = (parts: object) => ({ within: 'PT9H', steps: [tell], ...parts });
    expect(inStage({ deadline: limit({ within: 'PT0S' }) })).toEqual(['error stages[1].deadline.within wrong-value']);
    expect(inStage({ deadline: limit({ calendar: 'never' }) })).toEqual([
      'error stages[1].deadline.within goal-unreachable',
    ]);
    expect(inStage({ idle: limit({ calendar: 'ofice' }) })).toEqual([
      'error stages[1].idle.calendar unknown-calendar office',
    ]);
    expect(inStage({ deadline: limit({ within: 'P2D', calendar: 'office' }) })).toEqual([
      'warning stages[1].deadline.within open-time PT18H',
    ]);
  });

  it('does not turn in a circle', () => {
    const back = { to: 'new', from: ['offer'] };
    const on = 'deal.stage-changed';
    expect(problems({ moves: [move('there', { on }), move('back', { ...back, on })] })).toEqual([
      'error moves[1].to move-cycle',
    ]);
    const when = 'deal.amount > 5';
    expect(
      problems({
        moves: [
          move('there', { on: undefined, when }),
          move('back', { ...back, on: undefined, when: 'deal.amount < 5' }),
        ],
      }),
    ).toEqual(['warning moves[1].to move-cycle']);
    expect(problems({ moves: [move('there', {}), move('back', { ...back, on: 'offer.returned' })] })).toEqual([]);
  });

  it('says what is wrong with its form', () => {
    expect(inStage({ guards: [guard({})] })).toEqual(['error stages[1].guards[0] wrong-value']);
    expect(problems({ moves: [{ id: 'a', to: 'offer' }] })).toEqual(['error moves[0] wrong-value']);
    expect(problems({ currency: 'rubles' })).toEqual(['error currency wrong-value']);
    expect(problems({ stages: [] })).toEqual(['error stages wrong-value']);
  });
});
