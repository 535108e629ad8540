import type { z } from 'zod';
import type { boardAnswer, dealAnswer, dealHistory } from '../../../api/routes/deals-shapes.ts';

export type Deal = z.infer<typeof dealAnswer>;
export type Board = z.infer<typeof boardAnswer>;
export type BoardStage = Board['stages'][number];
export type BoardDeal = BoardStage['deals'][number];
export type DealMove = z.infer<typeof dealHistory>['items'][number];

/** Where a deal is to go: a stage, `won` or `lost`. */
export interface Wish {
  to: string;
  /** Of a deal that gets lost. */
  reason?: string;
  why?: string;
}
