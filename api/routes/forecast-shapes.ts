import { z } from 'zod';
import { dealRecord } from '../../engine/forecast/file.ts';
import { forecastFacts } from '../../engine/forecast/probability.ts';
import { key } from '../../engine/schema/common.ts';
import { localizedText, time } from '../shapes.ts';

/** Shapes of probabilities and forecasts in the API. Probabilities are from 0 to 1; pushes too, so 0.04 is four points. */

const basis = z.object({
  deals: z.number().describe('deals of the pipeline that are over, of which all this is learned'),
  won: z.number(),
  used: z
    .enum(['stages', 'model', 'plain'])
    .describe(
      'stages: conversion of the stage, held back to that of the pipeline where deals are few; model: the same and what the facts add; plain: the bare average of the stage, because it did best in the back-test',
    ),
  judged: z.number().describe('deals of the back-test; 0: too few to judge'),
  brier: z.number().optional().describe('mean squared error in the back-test; 0 is perfect'),
  plainBrier: z.number().optional().describe('the same of the plain stage average'),
  fittedAt: time,
});

export const dealProbability = z.object({
  value: z.number().describe('that the deal will be won'),
  low: z.number().describe('of the interval that holds the true probability with 80 %'),
  high: z.number(),
  base: z
    .number()
    .describe('share of all deals of the pipeline that were won; base and all pushes add up to the value'),
  facts: z.array(
    z.object({
      fact: z.enum(forecastFacts),
      value: z
        .union([z.string(), z.number()])
        .optional()
        .describe('key of the stage, source, days in the stage, days without activity, amount; absent: nothing known'),
      typical: z.number().optional().describe('days or amount that are usual'),
      push: z.number().describe('how far it moves the probability'),
    }),
  ),
  basis,
});

const cell = z.object({
  expected: z.number().describe('sum of amounts times probabilities'),
  low: z.number().describe('of the interval that holds the sum with 80 %'),
  high: z.number(),
  deals: z.number().describe('expected number of deals won'),
});

export const forecastQuery = z.object({
  pipeline: key,
  months: z.coerce.number().int().min(1).max(24).default(6).describe('from the present one on'),
});

export const forecastAnswer = z.object({
  pipeline: key,
  name: localizedText,
  at: time,
  timezone: z.string().describe('in which months begin'),
  months: z.array(z.object({ month: z.string().describe('YYYY-MM'), from: time, to: time })),
  basis,
  unpriced: z.number().describe('open deals without an amount: they count as deals, not as money'),
  currencies: z
    .array(
      z.object({
        currency: z.string(),
        months: z.array(cell).describe('of all owners, in the order of `months`'),
        later: cell.describe('after the last of the months'),
        total: cell,
        owners: z.array(
          z.object({
            owner: z.string().optional().describe('key of a user; absent: nobody'),
            name: z.string().optional(),
            months: z.array(cell),
            later: cell,
            total: cell,
          }),
        ),
      }),
    )
    .describe('sums of different currencies are not added'),
  deals: z
    .array(
      z.object({
        id: z.string(),
        number: z.number(),
        title: z.string(),
        stage: z.string(),
        owner: z.string().optional(),
        amount: z.number().optional(),
        currency: z.string(),
        probability: z.number(),
        months: z.array(z.number()).describe('probability that it is won in that month'),
        later: z.number(),
      }),
    )
    .describe('open deals behind the numbers, those that are expected to bring most first'),
});

export const historyQuery = z.object({ pipeline: key });

export const historyAnswer = z.object({ deals: z.array(dealRecord(time)) });
