import { localized } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';
import { assignee, assigneeReferences } from './people.ts';
import { fillLocalized, piecesIn } from './text.ts';

export const notifyUser = defineStep({
  type: 'notify-user',
  summary: 'Puts a notification into the inbox of a user, of everyone with a role, or of the owner.',
  group: 'people',
  params: {
    to: assignee,
    text: localized.describe('May hold `{{cel}}` pieces.'),
  },
  exits: () => ['done'],
  effects: ['notify-user'],
  references: ({ to }) => assigneeReferences(to, ['to']),
  expressions: ({ text }) => piecesIn(text, ['text']),
  enter(visit): Reaction {
    const text = fillLocalized(visit, visit.step.text);
    if (!text.ok) return { do: 'fail', error: text.error };
    const item = { to: visit.step.to, subject: visit.state.subject, text: text.value, process: visit.process.key };
    return {
      do: 'perform',
      effect: { name: 'notify-user', item },
      detail: { to: { ...visit.step.to }, read: text.read },
    };
  },
});
