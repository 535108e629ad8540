import { z } from 'zod';
import { ticketPriorities } from '../model/ticket.ts';
import { key } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';
import { fill, piecesIn } from './text.ts';

export const createTicket = defineStep({
  type: 'create-ticket',
  summary: "Opens a ticket for the subject's contact.",
  group: 'people',
  params: {
    title: z.string().min(1).max(500).describe('May hold `{{cel}}` pieces, as the text may.'),
    text: z.string().min(1),
    priority: z.enum(ticketPriorities).optional(),
    topic: key.optional(),
    team: key.optional(),
    tags: z.array(key).max(50).optional(),
  },
  exits: () => ['done'],
  effects: ['create-ticket'],
  expressions: ({ title, text }) => [...piecesIn(title, ['title']), ...piecesIn(text, ['text'])],
  enter(visit): Reaction {
    const { step, state, process } = visit;
    const title = fill(visit, step.title);
    if (!title.ok) return { do: 'fail', error: title.error };
    const text = fill(visit, step.text);
    if (!text.ok) return { do: 'fail', error: text.error };
    const { priority, topic, team, tags } = step;
    const ticket = {
      ...(priority !== undefined && { priority }),
      ...(topic !== undefined && { topic }),
      ...(team !== undefined && { team }),
      ...(tags !== undefined && { tags }),
    };
    const item = { subject: state.subject, title: title.value, text: text.value, ticket, process: process.key };
    const read = { ...title.read, ...text.read };
    return { do: 'perform', effect: { name: 'create-ticket', item }, detail: { title: title.value, read } };
  },
});
