import { Stack } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ticketMessages } from '../api/tickets.ts';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Said } from './Said.tsx';

/** Everything that was said, oldest first as one reads it; earlier pages are fetched on demand. */
export function Conversation({ id, customer }: { id: string; customer: string }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(ticketMessages(id));
  const messages = list.data?.pages.flatMap((page) => page.items).reverse() ?? [];
  return (
    <section aria-label={t('tickets.conversation')}>
      {list.isPending && <RowsSkeleton height={80} />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && messages.length === 0 && (
        <Nothing icon={IconMessages} heading={2} title={t('tickets.silent')} hint={t('tickets.silentHint')} />
      )}
      <MoreButton list={list} />
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {messages.map((message) => (
          <Said key={message.id} message={message} customer={customer} />
        ))}
      </Stack>
    </section>
  );
}
