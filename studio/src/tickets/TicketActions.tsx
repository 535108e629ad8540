import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowMerge, IconCheck, IconHandGrab } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import { acceptTicket, changeTicket, findByNumber, mergeTicket, type TicketCard } from '../api/tickets.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { showFailure } from '../parts/show-failure.tsx';
import { useDeed } from '../parts/useDeed.ts';

/** Take it, resolve it, make one of two. */
export function TicketActions({ ticket }: { ticket: TicketCard }) {
  const { t } = useTranslation();
  const me = useMe();
  const take = useDeed(
    'tickets',
    ticket.id,
    async () => {
      if (ticket.assignee === me) return await acceptTicket(ticket.id);
      return await changeTicket(ticket.id, { assignee: me });
    },
    'tickets.taken',
  );
  const resolve = useDeed(
    'tickets',
    ticket.id,
    () => changeTicket(ticket.id, { status: 'resolved' }),
    'tickets.resolved',
  );
  if (ticket.status === 'closed') return null;
  const mine = ticket.assignee === me && ticket.accepted;
  return (
    <Group gap="xs">
      {me !== '' && !mine && (
        <Button
          size="xs"
          variant="default"
          loading={take.isPending}
          onClick={() => take.mutate(undefined)}
          leftSection={<IconHandGrab size={15} aria-hidden />}
        >
          {t('tickets.take')}
        </Button>
      )}
      {ticket.status !== 'resolved' && (
        <Button
          size="xs"
          variant="default"
          loading={resolve.isPending}
          onClick={() => resolve.mutate(undefined)}
          leftSection={<IconCheck size={15} aria-hidden />}
        >
          {t('tickets.resolve')}
        </Button>
      )}
      <Merge ticket={ticket} />
    </Group>
  );
}

/** Asks for the number of the ticket that stays, and goes there. */
function Merge({ ticket }: { ticket: TicketCard }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  const [number, setNumber] = useState('');
  const merge = useMutation({
    mutationFn: async () => {
      const into = await findByNumber(Number(number));
      await mergeTicket(ticket.id, into);
      return into;
    },
    onSuccess: async (into) => {
      close();
      await navigate({ to: '/tickets/$id', params: { id: into } });
    },
    onError: (error) => showFailure(error, t),
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={open} leftSection={<IconArrowMerge size={15} aria-hidden />}>
        {t('tickets.merge')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('tickets.mergeTitle', { number: ticket.number })}>
        <Stack
          component="form"
          onSubmit={(event) => {
            event.preventDefault();
            merge.mutate();
          }}
        >
          <TextInput
            label={t('tickets.mergeInto')}
            description={t('tickets.mergeHint')}
            inputMode="numeric"
            value={number}
            onChange={({ currentTarget }) => setNumber(currentTarget.value.replace(/\D/g, ''))}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={number === ''} loading={merge.isPending}>
              {t('tickets.merge')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  );
}
