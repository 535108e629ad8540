import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';
import { showFailure } from '../parts/show-failure.tsx';

/** Does something to an approval, reads it again, and says what was done or why not. */
export function useApprovalAction<V>(act: (value: V) => Promise<unknown>, said: (value: V) => string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (_, value) => void notifications.show({ message: said(value) }),
    onError: (error) => {
      // The card itself shows the new document and asks again.
      if (!isChanged(error)) showFailure(error, t);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['approvals'] }),
  });
}

function isChanged(error: Error): boolean {
  return error instanceof ApiProblem && error.code === 'APPROVAL_DOCUMENT_CHANGED';
}
