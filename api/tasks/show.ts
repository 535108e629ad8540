import { VoronkaError } from '../../engine/errors/error.ts';
import { survivors } from '../../store/contacts.ts';
import { dealsById } from '../../store/deals.ts';
import type { TaskDoc } from '../../store/models/task.ts';
import { tasksById } from '../../store/tasks.ts';
import { ticketsById } from '../../store/tickets.ts';
import { namedContact } from '../answers.ts';

/** @throws VoronkaError NOT_FOUND */
export async function requireTask(id: string): Promise<TaskDoc> {
  const [task] = await tasksById([id]);
  if (task === undefined) throw new VoronkaError('NOT_FOUND', `there is no task ${id}`);
  return task;
}

/** @throws VoronkaError NOT_FOUND */
export async function showTask(id: string) {
  const [task] = await showTasks([await requireTask(id)]);
  return task;
}

/** Tasks as the API shows them: under the contacts that have them now, with the deals and tickets that they are about. */
export async function showTasks(docs: readonly TaskDoc[]) {
  const about = (kind: 'deal' | 'ticket') => docs.flatMap(({ subject }) => (subject.kind === kind ? subject.id : []));
  const [contacts, deals, tickets] = await Promise.all([
    survivors(docs.map(({ contactId }) => contactId)),
    dealsById(about('deal')),
    ticketsById(about('ticket')),
  ]);
  return docs.map(({ _id, contactId, subject, updatedAt: _, attentionAt: __, step: ___, ...task }) => {
    const deal = deals.find((one) => one._id === subject.id);
    const ticket = tickets.find((one) => one._id === subject.id);
    return {
      id: _id,
      ...task,
      contact: namedContact(contactId, contacts.get(contactId)),
      ...(deal && { deal: { id: deal._id, number: deal.number, title: deal.title } }),
      ...(ticket && { ticket: { id: ticket._id, number: ticket.number, subject: ticket.subject } }),
    };
  });
}
