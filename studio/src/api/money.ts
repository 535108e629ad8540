import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { contactMoney, orderAnswer, paymentAnswer } from '../../../api/routes/money-shapes.ts';
import { read } from './access.ts';

export type Order = z.infer<typeof orderAnswer>;
export type Payment = z.infer<typeof paymentAnswer>;
export type ContactMoney = z.infer<typeof contactMoney>;

export const moneyOfContact = (id: string) =>
  queryOptions({
    queryKey: ['contacts', id, 'money'],
    queryFn: ({ signal }) => read<ContactMoney>(`/contacts/${id}/money`, {}, signal),
    refetchInterval: 5_000,
  });
