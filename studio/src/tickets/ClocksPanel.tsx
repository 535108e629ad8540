import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconListDetails } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Clock, TicketCard } from '../api/tickets.ts';
import { Moment } from '../parts/Moment.tsx';
import { Panel } from '../parts/Panel.tsx';
import { Countdown } from './Countdown.tsx';
import { Derivation } from './Derivation.tsx';

/** The promises of a ticket: what runs counts down, what is over says how it ended. */
export function ClocksPanel({ ticket }: { ticket: TicketCard }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Panel
      title={t('sla.title')}
      aside={
        ticket.allClocks.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={open}
            leftSection={<IconListDetails size={15} aria-hidden />}
          >
            {t('sla.why')}
          </Button>
        )
      }
    >
      {ticket.allClocks.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('sla.none')}
        </Text>
      ) : (
        <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {ticket.allClocks.map((clock) => (
            <Line key={`${clock.target}${clock.n}`} clock={clock} />
          ))}
        </Stack>
      )}
      <Derivation id={ticket.id} opened={opened} onClose={close} />
    </Panel>
  );
}

function Line({ clock }: { clock: Clock }) {
  const { t } = useTranslation();
  return (
    <Group component="li" justify="space-between" gap="xs">
      <Text size="sm">
        {t(`slaTarget.${clock.target}`)}
        {clock.n > 1 && <> · {clock.n}</>}
      </Text>
      {clock.status === 'running' || clock.status === 'paused' ? <Countdown clock={clock} /> : <Ended clock={clock} />}
    </Group>
  );
}

function Ended({ clock }: { clock: Clock }) {
  const { t } = useTranslation();
  const late = clock.breachedAt !== undefined;
  const met = clock.status === 'met';
  return (
    <Box>
      <Text
        span
        size="sm"
        c={late ? 'var(--mantine-color-red-light-color)' : met ? 'var(--mantine-color-green-light-color)' : 'dimmed'}
      >
        {met && !late && <IconCheck size={15} aria-hidden className="inline-icon" />}{' '}
        {t(met ? (late ? 'sla.metLate' : 'sla.met') : 'sla.cancelled')}
      </Text>{' '}
      {clock.stoppedAt && <Moment at={clock.stoppedAt} span size="xs" c="dimmed" />}
    </Box>
  );
}
