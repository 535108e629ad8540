import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { showFailure } from '../parts/show-failure.tsx';

/** Does something to an approval, reads it again, and says what was done or why not. */
export function useApprovalAction<V>(act: (value: V) => Promise<unknown>, said: (value: V) => string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (_, value) => void notifications.show({ message: said(value) }),
    onError: (error) => showFailure(error, t),
    onSettled: () => queries.invalidateQueries({ queryKey: ['approvals'] }),
  });
}
