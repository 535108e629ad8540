import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Forecast } from '../api/forecast.ts';
import { Panel } from '../parts/Panel.tsx';
import { percentText } from './numbers.ts';

/** How far the forecast can be trusted, in words: of what it learned, and how it did on deals that it had not seen. */
export function QualityPanel({ basis }: { basis: Forecast['basis'] }) {
  const { t, i18n } = useTranslation();
  const { deals, won, used, judged, brier, plainBrier } = basis;
  const error = (value: number) =>
    new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value);
  return (
    <Panel title={t('forecast.quality')}>
      <Stack gap={4} maw={720}>
        <Text size="sm">{deals === 0 ? t('forecast.noPast') : t('forecast.learned', { count: deals, won })}</Text>
        {deals > 0 && judged === 0 && <Text size="sm">{t('forecast.tooFew')}</Text>}
        {brier !== undefined && plainBrier !== undefined && (
          <>
            <Text size="sm">
              {t('forecast.checked', { count: judged })}{' '}
              {error(brier) === error(plainBrier)
                ? t('forecast.same', { own: error(brier) })
                : t('forecast.better', {
                    percent: percentText(1 - brier / plainBrier, i18n.language),
                    own: error(brier),
                    plain: error(plainBrier),
                  })}
            </Text>
            <Text size="sm">{t(`forecastUsed.${used}`)}</Text>
          </>
        )}
      </Stack>
    </Panel>
  );
}
