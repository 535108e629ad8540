import { acceptDue } from '../../../../delivery/intake/attention.ts';
import { type EventDoc, Events } from '../../../../store/models/event.ts';
import { Instances } from '../../../../store/models/instance.ts';
import { type NotificationDoc, Notifications } from '../../../../store/models/record.ts';
import { type TaskDoc, Tasks } from '../../../../store/models/task.ts';
import { Tickets } from '../../../../store/models/ticket.ts';
import { TicketMessages } from '../../../../store/models/ticket-message.ts';
import { intakeBench, start } from '../bench.ts';
import { Sales } from '../deals/sales.ts';

/** What a test does with tasks, beside what it does with deals. */
export class Todo extends Sales {
  static async open(): Promise<Todo> {
    return new Todo(await intakeBench());
  }

  /** A store with a pipeline, a seller and her head. */
  override async clear(parts: object = {}): Promise<void> {
    for (const model of [Notifications, Tasks, Tickets, TicketMessages]) await model.collection.deleteMany({});
    await super.clear(parts);
  }

  /** Makes a task; about a new deal of a contact unless it is said. */
  async gives(parts: object = {}, at = start): Promise<TaskDoc> {
    const named = ['contactId', 'dealId', 'ticketId'].some((name) => name in parts);
    const about = named ? {} : { dealId: (await this.opens({ owner: 'anna' }, {}, at))._id };
    const body = { do: 'open', by: 'user:hanna', title: 'Call back', assignee: 'anna', ...about, ...parts };
    const receipt = await this.apply([['task', body]], at);
    if (receipt.problems.length > 0) throw new Error(JSON.stringify(receipt.problems));
    return await this.task(`${receipt._id}.0`);
  }

  /** Does one thing to a task. @returns the code of the problem that it met, or null */
  async doesTo({ _id: taskId }: TaskDoc, deed: object, at = start): Promise<string | null> {
    const { problems } = await this.apply([['task', { by: 'user:anna', taskId, ...deed }]], at);
    return problems[0]?.code ?? null;
  }

  async task(id: string): Promise<TaskDoc> {
    const doc = await Tasks.findById(id).lean<TaskDoc>();
    if (doc === null) throw new Error(`there is no task ${id}`);
    return doc;
  }

  /** Accepts what is due at a time, and does not apply it. */
  async accepts(at: number): Promise<void> {
    await acceptDue({ clock: { now: () => at } });
  }

  /** The same, applied. */
  async sweeps(at: number): Promise<void> {
    await this.accepts(at);
    await this.bench.consumer().drain();
  }

  /** Events of a task, in order. */
  async told({ _id }: TaskDoc): Promise<EventDoc[]> {
    return await Events.find({ 'data.task.id': _id }).sort({ seq: 1 }).lean<EventDoc[]>();
  }

  /** Names of its events after `task.created`. */
  async later(task: TaskDoc): Promise<string[]> {
    return (await this.told(task)).map(({ name }) => name).slice(1);
  }

  /** Processes that began, with the kind of what goes through them. */
  async begun(): Promise<[string, string][]> {
    const docs = await Instances.find({ 'definition.part': { $exists: false } })
      .sort({ process: 1 })
      .lean();
    return docs.map(({ process, subject }) => [process, subject.kind]);
  }

  async notices(): Promise<NotificationDoc[]> {
    return await Notifications.find().sort({ at: 1, _id: 1 }).lean<NotificationDoc[]>();
  }
}
