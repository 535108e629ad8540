import { Group, RingProgress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Day } from '../api/tasks.ts';

/** How much of the day is behind one. */
export function Progress({ day: { overdue, today, doneToday } }: { day: Day }) {
  const { t } = useTranslation();
  const done = doneToday.length;
  const count = done + overdue.length + today.length;
  if (count === 0) return null;
  return (
    <Group gap={6} wrap="nowrap">
      <RingProgress
        aria-hidden
        size={36}
        thickness={5}
        roundCaps
        sections={done === 0 ? [] : [{ value: (100 * done) / count, color: 'pine' }]}
      />
      <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {t('day.progress', { done, count })}
      </Text>
    </Group>
  );
}
