import { Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Json, JsonObject } from '../../../engine/json.ts';
import { Considered } from './Considered.tsx';
import { isList } from './json.ts';
import { durationText, exactTime } from './time.ts';
import { useReason } from './useReason.ts';

/** Names under which decisions write instants (epoch ms). */
const instants = new Set(['deadline', 'until', 'due', 'at']);

/** Names whose values have words of their own: the part of the catalogue that holds them. */
const vocabularies = new Map([
  ['exit', 'exit'],
  ['outcome', 'outcome'],
  ['channel', 'channel'],
  ['consent', 'consent'],
  ['purpose', 'purpose'],
  ['effect', 'step'],
  ['axis', 'score'],
]);

/** What a decision read and why it went as it did, as name and value. */
export function Detail({ detail, without = [] }: { detail: JsonObject; without?: readonly string[] }) {
  const { t } = useTranslation();
  const lines = Object.entries(detail).filter(([name, value]) => value !== null && !without.includes(name));
  if (lines.length === 0) return null;
  return (
    <Box
      component="dl"
      m={0}
      style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 10, rowGap: 2 }}
    >
      {lines.map(([name, value]) => (
        <Box key={name} style={{ display: 'contents' }}>
          <Text component="dt" size="xs" c="dimmed">
            {t(`detail.${name}`, name)}
          </Text>
          <Text component="dd" size="xs" m={0} className="wrapped">
            <Value name={name} value={value} />
          </Text>
        </Box>
      ))}
    </Box>
  );
}

function Value({ name, value }: { name: string; value: Json }) {
  const { t, i18n } = useTranslation();
  const reason = useReason();
  const words = vocabularies.get(name);
  if (value === null) return t('common.none');
  if (typeof value === 'number' && instants.has(name)) return exactTime(new Date(value), i18n.language);
  if (typeof value === 'number') return new Intl.NumberFormat(i18n.language).format(value);
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'string' && name === 'reason') return reason(value);
  if (typeof value === 'string' && words !== undefined) return t(`${words}.${value}`, value);
  if (typeof value === 'string') return durationText(value, i18n.language);
  if (!isList(value)) return <Detail detail={value} />;
  if (name === 'considered') return <Considered people={value} />;
  return value.every((one) => typeof one !== 'object') ? value.join(', ') : JSON.stringify(value);
}
