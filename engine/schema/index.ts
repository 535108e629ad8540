import { z } from 'zod';
import type { StepBase } from '../steps/define.ts';
import { stepTypes } from '../steps/index.ts';
import { calendarSchema } from './calendar.ts';
import { contactPolicySchema } from './contact-policy.ts';
import { formSchema } from './form.ts';
import { pipelineSchema as pipelineOf } from './pipeline.ts';
import { processHead } from './process.ts';
import { routingSchema } from './routing.ts';
import { scoringSchema } from './scoring.ts';
import { segmentSchema } from './segment.ts';
import { slaSchema as slaOf } from './sla.ts';

const stepList: z.ZodType<StepBase[]> = z.lazy(() => z.array(stepSchema).min(1));

type Schemas<T extends readonly { schema: (steps: typeof stepList) => unknown }[]> = {
  -readonly [K in keyof T]: ReturnType<T[K]['schema']>;
};

export const stepSchema = z.discriminatedUnion(
  'type',
  stepTypes.map((type) => type.schema(stepList)) as Schemas<typeof stepTypes>,
);

export const processSchema = processHead.extend({ steps: z.array(stepSchema).min(1) });

export const slaSchema = slaOf(stepList);

export const pipelineSchema = pipelineOf(stepList);

/** One schema for every file under `definitions/`: `kind` says which it is. */
export const definitionSchema = z.discriminatedUnion('kind', [
  processSchema,
  scoringSchema,
  segmentSchema,
  calendarSchema,
  formSchema,
  contactPolicySchema,
  slaSchema,
  routingSchema,
  pipelineSchema,
]);

export type Process = z.infer<typeof processSchema>;
export type Sla = z.infer<typeof slaSchema>;
export type Pipeline = z.infer<typeof pipelineSchema>;
export type Stage = Pipeline['stages'][number];
export type Definition = z.infer<typeof definitionSchema>;
