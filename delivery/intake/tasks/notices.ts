import type { Language } from '../../../engine/model/contact.ts';
import type { LocalizedText } from '../../../engine/model/effects.ts';
import type { NotificationDoc } from '../../../store/models/record.ts';
import type { TaskDoc } from '../../../store/models/task.ts';
import en from '../../../texts/en.tasks.json' with { type: 'json' };
import ru from '../../../texts/ru.tasks.json' with { type: 'json' };
import type { Desk } from '../kinds.ts';
import type { Due } from './changing.ts';

const texts = { en, ru };

/** Lines for the inbox of whoever is to do the task: its assignee, else all who have its role, deputies in place of those who are away. */
export function noticesOf(due: Exclude<Due, null>, task: TaskDoc, { staff, id, occurredAt }: Desk): NotificationDoc[] {
  const reach = staff.reach(occurredAt);
  const { assignee, role } = task;
  const users = assignee !== undefined ? [reach.standIn(assignee)] : role === undefined ? [] : reach.role(role);
  const text = { en: line('en', due, task.title), ru: line('ru', due, task.title) };
  const { contactId, _id } = task;
  return users.map((user) => ({ _id: `${id}/${user}`, user, contactId, text, task: _id, at: new Date(occurredAt) }));
}

function line(language: Language, due: Exclude<Due, null>, title: LocalizedText): string {
  return `${texts[language][due]}: ${typeof title === 'string' ? title : title[language]}`;
}
