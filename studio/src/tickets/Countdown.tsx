import { Text } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconClockPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Clock } from '../api/tickets.ts';
import { countdown } from '../parts/countdown.ts';
import { exactTime } from '../parts/time.ts';
import { useNow } from '../parts/useNow.ts';

/** The clock that presses most: what runs, the earliest due first; else what stands. */
export function pressing(clocks: readonly Clock[]): Clock | undefined {
  const running = clocks.filter(({ status }) => status === 'running');
  const soonest = running.sort((one, other) => ((one.due ?? '9') < (other.due ?? '9') ? -1 : 1))[0];
  return soonest ?? clocks.find(({ status }) => status === 'paused');
}

/** One clock, counting down by the second: what is promised, how long is left, and whether it was broken. */
export function Countdown({ clock }: { clock: Clock }) {
  const { t, i18n } = useTranslation();
  const now = useNow(1_000);
  const target = t(`slaTarget.${clock.target}`);
  if (clock.status === 'paused') {
    return (
      <Text size="sm" c="dimmed" component="span" title={target}>
        <IconClockPause size={15} aria-hidden className="inline-icon" /> {t('sla.paused')}
      </Text>
    );
  }
  if (clock.due === undefined) {
    return (
      <Text size="sm" c="dimmed" component="span">
        {t('sla.never')}
      </Text>
    );
  }
  const due = Date.parse(clock.due);
  const left = due - now;
  const late = left < 0 || clock.breachedAt !== undefined;
  const soon = !late && left < clock.goal / 4;
  const Sign = late ? IconAlertTriangle : IconClock;
  return (
    <Text
      size="sm"
      component="span"
      fw={late || soon ? 600 : 400}
      c={late ? 'var(--mantine-color-red-light-color)' : soon ? 'var(--mantine-color-orange-light-color)' : undefined}
      title={`${target}: ${exactTime(new Date(due), i18n.language)}`}
      style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
    >
      <Sign size={15} aria-hidden className="inline-icon" /> {countdown(left, t('sla.dayUnit'))}
      <span className="visually-hidden">, {t(late ? 'sla.late' : 'sla.left')}</span>
    </Text>
  );
}
