import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showFailure } from './show-failure.tsx';

/** Does something to a ticket or a deal, reads it again, and says what was done or why not. `said`: text of the success, where it is not seen anyway. */
export function useDeed<V>(kind: 'tickets' | 'deals', id: string, act: (value: V) => Promise<unknown>, said?: string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      if (said !== undefined) notifications.show({ message: t(said) });
      await Promise.all([
        queries.invalidateQueries({ queryKey: [kind, id] }),
        queries.invalidateQueries({ queryKey: [kind, 'list'] }),
      ]);
    },
    onError: (error) => showFailure(error, t),
  });
}
