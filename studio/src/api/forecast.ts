import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { dealProbability, forecastAnswer } from '../../../api/routes/forecast-shapes.ts';
import { read } from './access.ts';

export type DealProbability = z.infer<typeof dealProbability>;
export type Forecast = z.infer<typeof forecastAnswer>;
export type ForecastCell = Forecast['currencies'][number]['total'];

export const probability = (dealId: string) =>
  queryOptions({
    queryKey: ['deals', dealId, 'probability'],
    queryFn: ({ signal }) => read<DealProbability>(`/deals/${dealId}/probability`, {}, signal),
  });

export const forecast = (pipeline: string, months: number) =>
  queryOptions({
    queryKey: ['forecast', pipeline, months],
    queryFn: ({ signal }) => read<Forecast>('/forecast', { pipeline, months }, signal),
  });
