import { z } from 'zod';
import { defineStep, type Reaction } from './define.ts';
import { failure } from './failure.ts';
import { fill, piecesIn } from './text.ts';

export const addNote = defineStep({
  type: 'add-note',
  summary: 'Writes an internal note into the conversation of the ticket.',
  group: 'people',
  params: { text: z.string().min(1).describe('May hold `{{cel}}` pieces.') },
  exits: () => ['done'],
  effects: ['add-note'],
  subjectOnly: () => [{ subject: 'ticket', path: [] }],
  expressions: ({ text }) => piecesIn(text, ['text']),
  enter(visit): Reaction {
    const { subject } = visit.state;
    if (subject.kind !== 'ticket')
      return { do: 'fail', error: failure('TICKET_NOT_FOUND', 'only a ticket takes notes') };
    const text = fill(visit, visit.step.text);
    if (!text.ok) return { do: 'fail', error: text.error };
    const item = { subject, text: text.value, process: visit.process.key };
    return { do: 'perform', effect: { name: 'add-note', item }, detail: { read: text.read } };
  },
});
