import { z } from 'zod';
import type { Json } from '../../engine/json.ts';

/** Any JSON value. What comes here was parsed from JSON, so there is nothing to look at again. */
export const json: z.ZodType<Json> = z.custom<Json>((value) => value !== undefined);
