import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showFailure } from '../parts/show-failure.tsx';

/** Does something to a ticket, reads it again, and says what was done or why not. `said`: text of the success, where it is not seen anyway. */
export function useTicketAction<V>(id: string, act: (value: V) => Promise<unknown>, said?: string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      if (said !== undefined) notifications.show({ message: t(said) });
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['tickets', id] }),
        queries.invalidateQueries({ queryKey: ['tickets', 'list'] }),
      ]);
    },
    onError: (error) => showFailure(error, t),
  });
}
