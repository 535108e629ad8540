import { z } from 'zod';
import { dealStatuses } from '../model/deal.ts';

/** What a deal's history is written as: by the API with ISO times, and read with them as epoch ms. */
export function dealRecord<T extends z.ZodType>(time: T) {
  return z.object({
    id: z.string().min(1),
    pipeline: z.string().min(1),
    status: z.enum(dealStatuses),
    stage: z.string().describe('`won` or `lost` when it is over'),
    owner: z.string().optional(),
    source: z.string().optional(),
    amount: z.number().min(0).optional(),
    currency: z.string(),
    createdAt: time,
    activityAt: time,
    closedAt: time.optional().describe('of deals that are over'),
    moves: z
      .array(z.object({ at: time, to: z.string(), fromPipeline: z.string().optional() }))
      .describe('every way from stage to stage, the first where it began, the last to `won` or `lost` if it is over'),
    trail: z
      .array(z.object({ at: time, amount: z.number().optional(), currency: z.string(), source: z.string().optional() }))
      .optional()
      .describe(
        'what was known from a moment on, which was one of activity; without it past amounts and idle times are unknown',
      ),
  });
}

const milliseconds = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A file of deals. */
export const dealFile = z.object({ deals: z.array(dealRecord(milliseconds)) });
