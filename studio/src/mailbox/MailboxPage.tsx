import { Box, Button, Grid, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft, IconMailOpened, IconSearch, IconTrash } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { clearMailbox, mailList } from '../api/mailbox.ts';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { showFailure } from '../parts/show-failure.tsx';
import { useAsk } from '../parts/useAsk.tsx';
import { useSearchText } from '../parts/useSearchText.ts';
import { MailList } from './MailList.tsx';
import { MailView } from './MailView.tsx';

const route = getRouteApi('/mailbox');

/** What the built-in mailbox received: mails, and SMS for which there is no gateway. */
export function MailboxPage() {
  const { t } = useTranslation();
  const { to = '', id } = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const { ask, dialog } = useAsk();
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const search = useSearchText(to, (next) => void navigate({ search: { to: next }, replace: true }));
  const list = useInfiniteQuery({ ...mailList(to), placeholderData: keepPreviousData });
  const mails = list.data?.pages.flatMap((page) => page.items) ?? [];
  const clear = useMutation({
    mutationFn: clearMailbox,
    onSuccess: async () => {
      await navigate({ search: {} });
      await queries.invalidateQueries({ queryKey: ['mailbox'] });
    },
    onError: (error) => showFailure(error, t),
  });
  const askToClear = () =>
    ask({
      title: t('mailbox.clear'),
      text: t('mailbox.clearWhat'),
      action: t('mailbox.clear'),
      dangerous: true,
      onConfirm: () => clear.mutate(),
    });
  const listed = (
    <>
      <TextInput
        type="search"
        aria-label={t('mailbox.search')}
        placeholder={t('mailbox.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        mb="xs"
        {...search}
      />
      {list.isPending && <RowsSkeleton height={64} />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && mails.length === 0 && (
        <Nothing
          icon={IconMailOpened}
          title={to ? t('mailbox.notFound') : t('mailbox.empty')}
          hint={to ? t('mailbox.notFoundHint') : t('mailbox.emptyHint')}
        />
      )}
      {mails.length > 0 && <MailList mails={mails} opened={id} to={to} />}
      <MoreButton list={list} />
    </>
  );
  return (
    <>
      <PageHead title={t('nav.mailbox')} note={t('mailbox.note')}>
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={askToClear}
          loading={clear.isPending}
          disabled={mails.length === 0 && to === ''}
        >
          {t('mailbox.clear')}
        </Button>
      </PageHead>
      <Grid gap="lg">
        {(wide || !id) && <Grid.Col span={{ base: 12, md: 4 }}>{listed}</Grid.Col>}
        <Grid.Col span={{ base: 12, md: 8 }}>
          {id && !wide && (
            <Button
              variant="subtle"
              size="compact-md"
              mb="sm"
              leftSection={<IconArrowLeft size={16} aria-hidden />}
              onClick={() => void navigate({ search: { to } })}
            >
              {t('common.back')}
            </Button>
          )}
          {id && <MailView key={id} id={id} />}
          {!id && wide && mails.length > 0 && (
            <Box c="dimmed">
              <Nothing icon={IconMailOpened} title={t('mailbox.choose')} hint={t('mailbox.chooseHint')} />
            </Box>
          )}
        </Grid.Col>
      </Grid>
      {dialog}
    </>
  );
}
