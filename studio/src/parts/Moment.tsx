import { Text, type TextProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { exactTime, relativeTime } from './time.ts';
import { useNow } from './useNow.ts';

interface Props extends TextProps {
  /** ISO 8601 text or epoch ms. */
  at: string | number;
}

/** How long ago or ahead, with the exact time in the reader's zone on hover and for screen readers. */
export function Moment({ at, ...text }: Props) {
  const { i18n } = useTranslation();
  const now = useNow();
  const time = new Date(at);
  const exact = exactTime(time, i18n.language);
  return (
    <Text component="time" dateTime={time.toISOString()} title={exact} size="sm" {...text}>
      {relativeTime(time.getTime(), now, i18n.language)}
    </Text>
  );
}
