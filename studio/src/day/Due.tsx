import { Text } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clockTime, exactTime, relativeTime } from '../parts/time.ts';
import { useNow } from '../parts/useNow.ts';
import { daysApart } from './moments.ts';

/** Until when: how far away it is, and the time by the clock; what is over is red. */
export function Due({ at, closed = false }: { at: string; closed?: boolean }) {
  const { i18n } = useTranslation();
  const now = useNow();
  const due = Date.parse(at);
  const late = due < now && !closed;
  const Sign = late ? IconAlertTriangle : IconClock;
  return (
    <Text
      component="time"
      dateTime={at}
      title={exactTime(new Date(due), i18n.language)}
      size="sm"
      className="due"
      fw={late ? 650 : 400}
      c={late ? 'var(--mantine-color-red-light-color)' : undefined}
    >
      <span>
        <Sign size={15} aria-hidden className="inline-icon" /> {relativeTime(due, now, i18n.language)}
      </span>
      <Text span size="xs" c={late ? 'inherit' : 'dimmed'} fw={400}>
        {byTheClock(due, now, i18n.language)}
      </Text>
    </Text>
  );
}

/** The time; of another day with its date. */
function byTheClock(at: number, now: number, language: string): string {
  const when = new Date(at);
  if (daysApart(at, now) === 0) return clockTime(when, language);
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(when.getFullYear() !== new Date(now).getFullYear() && { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(when);
}
