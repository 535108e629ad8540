import { z } from 'zod';
import { key } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';
import { computable, computeAll, computedExpressions } from './fields.ts';
import { fill, piecesIn } from './text.ts';

const field = z
  .string()
  .regex(
    /^(amount|currency|owner|source|campaign|attributes\.[A-Za-z][A-Za-z0-9_]*)$/,
    'name "amount", "currency", "owner", "source", "campaign" or "attributes.plan"',
  );

export const createDeal = defineStep({
  type: 'create-deal',
  summary: "Opens a deal for the subject's contact.",
  group: 'people',
  params: {
    pipeline: key,
    stage: key.optional().describe('Default: the first. Guards up to there must hold.'),
    title: z.string().min(1).max(500).describe('May hold `{{cel}}` pieces.'),
    set: z
      .record(field, computable)
      .default({})
      .describe('`amount`, `currency`, `owner` (default: of the contact), `source`, `campaign`, `attributes.<name>`.'),
    whenOpen: z
      .enum(['another', 'none'])
      .default('another')
      .describe('For a contact who has an open deal in the pipeline already: another one, or none (exit `exists`).'),
  },
  exits: ({ whenOpen }) => (whenOpen === 'none' ? ['done', 'exists'] : ['done']),
  effects: ['create-deal'],
  references: ({ pipeline }) => [{ kind: 'pipeline', key: pipeline, path: ['pipeline'] }],
  expressions: ({ title, set }) => [...piecesIn(title, ['title']), ...computedExpressions(set, ['set'])],
  enter(visit): Reaction {
    const { step, state, process } = visit;
    const title = fill(visit, step.title);
    if (!title.ok) return { do: 'fail', error: title.error };
    const set = computeAll(visit, step.set);
    if (!set.ok) return { do: 'fail', error: set.error };
    const { pipeline, stage, whenOpen } = step;
    const where = { pipeline, ...(stage !== undefined && { stage }) };
    const item = {
      subject: state.subject,
      ...where,
      title: title.value,
      set: set.value,
      whenOpen,
      process: process.key,
    };
    const detail = { ...where, title: title.value, set: set.value, read: { ...title.read, ...set.read } };
    return { do: 'perform', effect: { name: 'create-deal', item }, detail };
  },
  on(_, signal): Reaction {
    if (signal.type !== 'performed') return { do: 'stay' };
    const exit = signal.result.verdict === 'exists' ? 'exists' : 'done';
    return { do: 'leave', exit, as: 'performed', detail: signal.result };
  },
});
