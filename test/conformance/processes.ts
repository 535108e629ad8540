import { type Process, processSchema } from '../../engine/schema/index.ts';

const head = { kind: 'process', name: 'Conformance', triggers: [{ on: 'event', event: 'test.started' }] };
const started = { at: 'PT0S', event: 'test.started' };

/** Containers, recalculated dates, early events, business time and written records: what the shipped processes do not use. */
export const processes: Process[] = [
  {
    ...head,
    key: 'containers',
    exits: [{ event: 'test.stopped', outcome: 'stopped' }],
    steps: [
      {
        id: 'both',
        type: 'parallel',
        branches: {
          fast: [{ id: 'nap', type: 'wait', for: 'PT2H' }],
          slow: [
            { id: 'mark', type: 'update-record', set: { 'attributes.step': 'slow', 'attributes.n': { cel: '1 + 1' } } },
            { id: 'long', type: 'wait', for: 'P3D' },
          ],
        },
        join: 'all',
      },
      {
        id: 'look',
        type: 'branch',
        cases: [{ name: 'two', when: 'contact.attributes.n == 2' }],
        next: { two: 'again' },
      },
      { id: 'task', type: 'create-task', title: 'never', assignee: { user: 'anna' } },
      { id: 'again', type: 'repeat', max: 3, steps: [{ id: 'round', type: 'wait', for: 'P1D' }] },
    ],
    scenarios: [
      { name: 'runs to its end', events: [started], expect: { outcome: 'completed' } },
      {
        name: 'is stopped inside a container',
        events: [started, { at: 'PT5H', event: 'test.stopped' }],
        expect: { outcome: 'stopped' },
      },
    ],
  },
  {
    ...head,
    key: 'dates',
    steps: [
      { id: 'renewal', type: 'wait', until: 'contact.attributes.renewal', offset: '-P3D', at: '10:00' },
      { id: 'task', type: 'create-task', title: 'Renewal', assignee: { user: 'anna' } },
    ],
    scenarios: [
      {
        name: 'the date moves',
        given: { contact: { timezone: 'Europe/Berlin', attributes: { renewal: '2026-03-31' } } },
        events: [started, { at: 'P5D', event: 'contact.changed', contact: { attributes: { renewal: '2026-04-15' } } }],
        expect: { outcome: 'completed' },
      },
    ],
  },
  {
    ...head,
    key: 'tasks',
    steps: [
      {
        id: 'call',
        type: 'create-task',
        title: { en: 'Call', ru: 'Позвонить' },
        assignee: { user: 'anna' },
        outcomes: [
          { key: 'reached', name: 'Reached' },
          { key: 'no-answer', name: 'No answer' },
        ],
      },
      { id: 'nap', type: 'wait', for: 'PT2H' },
      {
        id: 'called',
        type: 'wait-for-task',
        task: 'call',
        outcomes: ['reached', 'no-answer'],
        within: 'P2D',
        next: { reached: 'yes', 'no-answer': 'call', done: 'yes', cancelled: 'no', timeout: 'no' },
      },
      { id: 'yes', type: 'end', outcome: 'reached' },
      { id: 'no', type: 'end', outcome: 'unreached' },
    ],
    scenarios: [
      {
        name: 'no answer, then an early one that is taken back, then reached',
        events: [
          started,
          { at: 'PT3H', event: 'task.done', of: 'call', data: { outcome: 'no-answer' } },
          { at: 'PT4H', event: 'task.done', of: 'call', data: { outcome: 'no-answer' } },
          { at: 'PT4H30M', event: 'task.reopened', of: 'call' },
          { at: 'PT9H', event: 'task.done', of: 'call', data: { outcome: 'reached', comment: 'At last.' } },
        ],
        expect: { outcome: 'reached', steps: ['call', 'nap', 'called', 'call', 'nap', 'called', 'yes'] },
      },
      {
        name: 'done before anybody waits for it',
        events: [started, { at: 'PT1H', event: 'task.done', of: 'call' }],
        expect: { outcome: 'reached' },
      },
      {
        name: 'cancelled',
        events: [started, { at: 'PT3H', event: 'task.cancelled', of: 'call' }],
        expect: { outcome: 'unreached' },
      },
      { name: 'nobody does it', events: [started], expect: { outcome: 'unreached' } },
    ],
  },
  {
    ...head,
    key: 'early',
    steps: [
      { id: 'nap', type: 'wait', for: 'P1D' },
      { id: 'kept', type: 'wait-for-event', event: 'test.ping', since: 'entry', within: 'P1D' },
      { id: 'more', type: 'wait-for-event', event: 'test.ping', since: 'entry', within: 'PT6H' },
    ],
    scenarios: [
      {
        name: 'one ping before the wait, each taken once',
        events: [started, { at: 'PT1H', event: 'test.ping' }],
        expect: { outcome: 'completed' },
      },
      {
        name: 'one before and one within',
        events: [started, { at: 'PT1H', event: 'test.ping' }, { at: 'P1DT2H', event: 'test.ping' }],
        expect: { outcome: 'completed' },
      },
    ],
  },
].map((process) => processSchema.parse(process));
