import { Button, Text } from '@mantine/core';
import { IconConfetti, IconMug } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Day } from '../api/tasks.ts';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { Nothing } from '../parts/Nothing.tsx';

/** Nothing presses: says so gladly, and what comes next. */
export function AllDone({ day, mine, onPlan }: { day: Day; mine: boolean; onPlan: () => void }) {
  const { t, i18n } = useTranslation();
  const done = day.doneToday.length;
  const next = day.tomorrow[0] ?? day.later[0];
  return (
    <section className="all-done">
      <Nothing
        icon={done > 0 ? IconConfetti : IconMug}
        title={done > 0 ? t('day.allDone', { count: done }) : t('day.free')}
        hint={t(mine ? 'day.freeHint' : 'day.freeOther')}
      >
        {next?.due !== undefined && (
          <Text size="sm">
            {t('day.nextIs', { title: inLanguage(next.title, i18n.language) })} <Moment at={next.due} span c="dimmed" />
          </Text>
        )}
        <Button variant="light" onClick={onPlan}>
          {t('day.newTask')}
        </Button>
      </Nothing>
    </section>
  );
}
