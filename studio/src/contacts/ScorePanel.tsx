import { Box, Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { contactTimeline } from '../api/contacts.ts';
import type { Contact, TimelineRow } from '../api/types.ts';
import { ClassBadge } from '../parts/ClassBadge.tsx';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
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
      <Group gap="lg" wrap="nowrap">
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
  const list = useInfiniteQuery(contactTimeline(id, 'score'));
  if (list.isPending) return <RowsSkeleton height={20} />;
  if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  const entries = list.data.pages.flatMap((page) => page.items);
  if (entries.length === 0)
    return (
      <Text size="sm" c="dimmed" mt="xs">
        {t('contacts.noScore')}
      </Text>
    );
  return (
    <>
      <Stack component="ul" gap="xs" mt="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {entries.map((entry) => (
          <LedgerLine key={entry.id} entry={entry} />
        ))}
      </Stack>
      <MoreButton list={list} />
    </>
  );
}

function LedgerLine({ entry: { at, title, detail } }: { entry: TimelineRow }) {
  const { t, i18n } = useTranslation();
  const points = new Intl.NumberFormat(i18n.language, { signDisplay: 'always', maximumFractionDigits: 1 });
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Text fw={600} size="sm" w={44} ta="end" style={{ flexShrink: 0 }}>
        {points.format(Number(detail.points))}
      </Text>
      <Box miw={0}>
        <Text size="sm" className="wrapped">
          {typeof detail.reason === 'string' ? detail.reason : inLanguage(title, i18n.language)}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <Moment at={at} size="xs" span /> · {t(`score.${detail.axis}`)}
          {typeof detail.halfLife === 'string' &&
            ` · ${t('score.halfLife', { time: durationText(detail.halfLife, i18n.language) })}`}
        </Text>
      </Box>
    </Group>
  );
}
