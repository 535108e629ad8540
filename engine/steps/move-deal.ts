import { z } from 'zod';
import { key } from '../schema/common.ts';
import { defineStep, type Reaction } from './define.ts';
import { failure } from './failure.ts';
import { fill, piecesIn } from './text.ts';

export const moveDeal = defineStep({
  type: 'move-deal',
  summary: 'Moves the deal into a stage, or wins or loses it, if the guards on the way let it.',
  group: 'people',
  params: {
    to: key.describe('A stage, `won` or `lost`.'),
    pipeline: key.optional().describe('Another one than its own.'),
    reason: key.optional().describe('Of a deal that gets lost: one of the `lostReasons`.'),
    why: z.string().min(1).max(500).optional().describe('For the history; may hold `{{cel}}` pieces.'),
  },
  exits: () => ['moved', 'refused'],
  effects: ['move-deal'],
  references: ({ pipeline }) =>
    pipeline === undefined ? [] : [{ kind: 'pipeline', key: pipeline, path: ['pipeline'] }],
  subjectOnly: () => [{ subject: 'deal', path: [] }],
  expressions: ({ why }) => piecesIn(why, ['why']),
  enter(visit): Reaction {
    const { subject } = visit.state;
    if (subject.kind !== 'deal') return { do: 'fail', error: failure('DEAL_NOT_FOUND', 'only a deal can be moved') };
    const { to, pipeline, reason } = visit.step;
    const why = visit.step.why === undefined ? undefined : fill(visit, visit.step.why);
    if (why?.ok === false) return { do: 'fail', error: why.error };
    const item = {
      subject,
      to,
      ...(pipeline !== undefined && { pipeline }),
      ...(reason !== undefined && { reason }),
      ...(why !== undefined && { why: why.value }),
    };
    return { do: 'perform', effect: { name: 'move-deal', item }, detail: { to, read: why?.read ?? {} } };
  },
  on(_, signal): Reaction {
    if (signal.type !== 'performed') return { do: 'stay' };
    const exit = signal.result.verdict === 'refused' ? 'refused' : 'moved';
    return { do: 'leave', exit, as: 'performed', detail: signal.result };
  },
});
