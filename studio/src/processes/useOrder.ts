import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Order, order } from '../api/processes.ts';
import { showFailure } from '../parts/show-failure.tsx';

/** Gives an order to an instance, and says that it was taken or why not. */
export function useOrder() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, what }: { id: string; what: Order }) => order(id, what),
    onSuccess: async (_, { what }) => {
      notifications.show({ message: t(`order.${what}Taken`) });
      await Promise.all(
        ['instances', 'processes', 'contacts'].map((name) => queries.invalidateQueries({ queryKey: [name] })),
      );
    },
    onError: (error) => showFailure(error, t),
  });
}
