import { Box, Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { contactScores } from '../api/contacts.ts';
import type { Contact, ScoreEntry } from '../api/types.ts';
import { ClassBadge } from '../parts/ClassBadge.tsx';
import { Failure } from '../parts/Failure.tsx';
import { Moment } from '../parts/Moment.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { durationText } from '../parts/time.ts';

/** The score, and behind it every point: which rule gave it, for what, and how fast it fades. */
export function ScorePanel({ id, score }: { id: string; score: Contact['score'] }) {
  const { t, i18n } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const ledger = useId();
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (
    <Panel title={t('contacts.score')} aside={<ClassBadge value={score.class} />}>
      <Group gap="xl">
        {(['total', 'fit', 'engagement'] as const).map((axis) => (
          <Box key={axis}>
            <Text fz={24} fw={650} lh={1.2}>
              {number.format(score[axis])}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`score.${axis}`)}
            </Text>
          </Box>
        ))}
      </Group>
      <UnstyledButton
        onClick={toggle}
        aria-expanded={opened}
        aria-controls={ledger}
        mt="sm"
        fz="sm"
        c="var(--mantine-color-anchor)"
      >
        <Group gap={4}>
          {opened ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
          {t('contacts.ledger')}
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened} id={ledger}>
        {opened && <Ledger id={id} />}
      </Collapse>
    </Panel>
  );
}

function Ledger({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(contactScores(id));
  if (isPending) return <RowsSkeleton height={20} />;
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0)
    return (
      <Text size="sm" c="dimmed" mt="xs">
        {t('contacts.noScore')}
      </Text>
    );
  return (
    <Stack component="ul" gap="xs" mt="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {data.items.map((entry) => (
        <LedgerLine key={entry.id} entry={entry} />
      ))}
    </Stack>
  );
}

function LedgerLine({ entry }: { entry: ScoreEntry }) {
  const { t, i18n } = useTranslation();
  const points = new Intl.NumberFormat(i18n.language, { signDisplay: 'always', maximumFractionDigits: 1 });
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Text fw={600} size="sm" w={44} ta="end" style={{ flexShrink: 0 }}>
        {points.format(entry.points)}
      </Text>
      <Box miw={0}>
        <Text size="sm" className="wrapped">
          {entry.reason}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <Moment at={entry.at} size="xs" span /> · {t(`score.${entry.axis}`)}
          {entry.halfLife && ` · ${t('score.halfLife', { time: durationText(entry.halfLife, i18n.language) })}`}
        </Text>
      </Box>
    </Group>
  );
}
