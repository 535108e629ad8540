import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Contacts } from '../../../../store/models/contact.ts';
import { Deliveries } from '../../../../store/models/delivery.ts';
import { Instances } from '../../../../store/models/instance.ts';
import { Tasks } from '../../../../store/models/task.ts';
import { processBody, publish, start } from '../bench.ts';
import { TicketDesk } from '../tickets/desk.ts';
import { Todo } from './todo.ts';

const hour = 3_600_000;
const outcomes = [
  { key: 'reached', name: { en: 'Reached', ru: 'Дозвонились' } },
  { key: 'no-answer', name: 'No answer' },
];
let todo: Todo;

beforeAll(async () => {
  todo = await Todo.open();
});
afterAll(async () => await todo.bench.close());
beforeEach(async () => await todo.clear());

describe('a task', () => {
  it('is an event of its contact with the whole deal, and belongs to that deal alone', async () => {
    const other = await todo.opens({ title: 'Another' });
    const deal = await todo.opens();
    const task = await todo.gives({ dealId: deal._id, due: start + hour, outcomes });
    expect(task).toMatchObject({
      title: 'Call back',
      subject: { kind: 'deal', id: deal._id, contactId: deal.contactId },
      contactId: deal.contactId,
      assignee: 'anna',
      due: new Date(start + hour),
      attentionAt: new Date(start + hour),
      status: 'open',
      outcomes,
      createdBy: 'user:hanna',
      createdAt: new Date(start),
    });
    const [created, ...others] = await todo.told(task);
    expect(others).toEqual([]);
    const told = { id: task._id, title: 'Call back', status: 'open', due: start + hour, outcomes, createdAt: start };
    expect(created).toMatchObject({
      _id: task._id,
      name: 'task.created',
      contactId: deal.contactId,
      data: { by: 'user:hanna', task: told, deal: { id: deal._id, title: 'A machine' } },
    });
    await todo.doesTo(task, { do: 'done' }, start + 2 * hour);
    expect(await todo.deal(deal._id)).toMatchObject({ activityAt: new Date(start + 2 * hour) });
    expect(await todo.deal(other._id)).toMatchObject({ activityAt: new Date(start) });
    // The stages of both run and look at what changes; each hears of its own deal's tasks.
    await todo.doesTo(task, { do: 'reopen' });
    await todo.doesTo(task, { do: 'change', set: { title: 'Write' } });
    const heard = await Deliveries.distinct('instance', { 'event.name': 'task.changed' });
    expect(await Instances.distinct('subject.id', { _id: { $in: heard } })).toEqual([deal._id]);
  });

  it('of a ticket carries the ticket, one of a contact neither', async () => {
    const desk = new TicketDesk(todo.bench);
    const ticket = await desk.opens();
    const [created] = await todo.told(await todo.gives({ ticketId: ticket._id }));
    expect(created?.data).toMatchObject({ ticket: { id: ticket._id, number: ticket.number } });
    const contact = await Contacts.findOne().lean();
    const [plain] = await todo.told(await todo.gives({ contactId: contact?._id }));
    expect(Object.keys(plain?.data ?? {}).sort()).toEqual(['by', 'task']);
  });

  it('starts processes of its deal and of its contact', async () => {
    const trigger = { triggers: [{ on: 'event', event: 'task.created' }] };
    await publish(processBody('of-deals', { ...trigger, subject: 'deal' }));
    await publish(processBody('of-contacts', trigger));
    await publish(processBody('of-tickets', { ...trigger, subject: 'ticket' }));
    const task = await todo.gives();
    expect(await todo.begun()).toEqual([
      ['of-contacts', 'contact'],
      ['of-deals', 'deal'],
    ]);
    expect(task.subject.kind).toBe('deal');
  });

  it('is changed, done with an outcome, reopened and cancelled; each is told once, with what it was', async () => {
    const task = await todo.gives({ outcomes, role: 'sales' });
    await todo.doesTo(task, { do: 'change', set: { title: 'Write', role: null, due: start + hour } });
    await todo.doesTo(task, { do: 'change', set: { title: 'Write' } });
    const done = { do: 'done', outcome: 'reached', comment: 'He is in.' };
    for (const _ of ['once', 'again']) expect(await todo.doesTo(task, done, start + 1)).toBeNull();
    const { assignee, createdAt, contactId, _id } = task;
    expect(await todo.task(_id)).toMatchObject({
      ...{ assignee, createdAt, contactId, title: 'Write', status: 'done', outcome: 'reached', comment: 'He is in.' },
      ...{ closedBy: 'user:anna', closedAt: new Date(start + 1) },
    });
    expect(await todo.doesTo(task, { do: 'reopen', comment: 'Not he.' }, start + 2)).toBeNull();
    const reopened = await todo.task(_id);
    expect(reopened).toMatchObject({ status: 'open', attentionAt: new Date(start + hour) });
    for (const field of ['outcome', 'comment', 'closedBy', 'closedAt'] as const)
      expect(reopened[field]).toBeUndefined();
    expect(await todo.doesTo(task, { do: 'cancel', comment: 'He left.' }, start + 3)).toBeNull();
    const events = await todo.told(task);
    expect(events.map(({ name, data: { by, task: _, deal: __, ...more } }) => [name, more])).toEqual([
      ['task.created', {}],
      [
        'task.changed',
        {
          changes: [
            { field: 'title', from: 'Call back', to: 'Write' },
            { field: 'role', from: 'sales', to: null },
            { field: 'due', from: null, to: start + hour },
          ],
        },
      ],
      ['task.done', { outcome: 'reached', comment: 'He is in.' }],
      ['task.reopened', { comment: 'Not he.' }],
      ['task.cancelled', { comment: 'He left.' }],
    ]);
    expect(events.map(({ data }) => data.task)).toMatchObject([
      { status: 'open', title: 'Call back' },
      { status: 'open', title: 'Write' },
      { status: 'done', outcome: 'reached', closedAt: start + 1 },
      { status: 'open' },
      { status: 'cancelled' },
    ]);
  });

  it('refuses what makes no sense, and leaves no trace of it', async () => {
    const task = await todo.gives({ outcomes });
    expect(await todo.doesTo(task, { do: 'done', outcome: 'lost' })).toBe('VALIDATION_FAILED');
    expect(await todo.doesTo(task, { do: 'change', set: { assignee: 'nobody' } })).toBe('USER_NOT_FOUND');
    expect(await todo.doesTo({ ...task, _id: 'none' }, { do: 'done' })).toBe('NOT_FOUND');
    await expect(todo.gives({ assignee: 'nobody' })).rejects.toThrow('USER_NOT_FOUND');
    await expect(todo.gives({ dealId: 'none' })).rejects.toThrow('NOT_FOUND');
    await expect(todo.gives({ contactId: task.contactId, dealId: task.subject.id })).rejects.toThrow(
      'VALIDATION_FAILED',
    );
    expect(await todo.doesTo(task, { do: 'cancel' })).toBeNull();
    expect(await todo.doesTo(task, { do: 'done' })).toBe('TASK_CLOSED');
    expect(await todo.later(task)).toEqual(['task.cancelled']);
    expect(await Tasks.countDocuments()).toBe(1);
  });
});

describe('a merge of contacts', () => {
  it('takes tasks along, and parting them gives them back', async () => {
    const deal = await todo.opens();
    const task = await todo.gives({ dealId: deal._id });
    const mine = await todo.gives({ contactId: deal.contactId });
    await todo.apply([['lead', { phone: '+79123456789' }]]);
    await todo.apply([['lead', { email: 'customer@example.com', phone: '+79123456789' }]]);
    const survivor = await Contacts.findOne({ mergedInto: { $exists: false } }).lean();
    const absorbed = survivor?.mergedFrom[0];
    for (const one of [task, mine]) expect(await todo.doesTo(one, { do: 'done' })).toBeNull();
    for (const one of [task, mine]) expect((await todo.told(one)).at(-1)?.contactId).toBe(survivor?._id);
    await todo.apply([['unmerge', { contactId: survivor?._id, absorbed, by: 'anna' }]]);
    for (const one of [task, mine]) {
      expect(await todo.doesTo(one, { do: 'reopen' })).toBeNull();
      expect((await todo.told(one)).at(-1)).toMatchObject({ name: 'task.reopened', contactId: deal.contactId });
    }
  });
});
