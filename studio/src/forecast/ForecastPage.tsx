import { Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconChartHistogram, IconLayoutKanban } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { pipelineList } from '../api/deals.ts';
import { type Forecast, forecast as forecastQuery } from '../api/forecast.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PageSkeleton } from '../parts/PageSkeleton.tsx';
import { BehindPanel } from './BehindPanel.tsx';
import { ForecastTable } from './ForecastTable.tsx';
import { wholeMoney } from './numbers.ts';
import { QualityPanel } from './QualityPanel.tsx';
import './forecast.css';

const route = getRouteApi('/forecast');
const lengths = [3, 6, 12];

/** What the open deals of a pipeline are expected to bring, by month and owner, and how far that can be trusted. */
export function ForecastPage() {
  const { t, i18n } = useTranslation();
  const { pipeline: chosen, months } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: pipelines, error, isPending, refetch } = useQuery(pipelineList);
  const pipeline = (pipelines?.find(({ key }) => key === chosen) ?? pipelines?.[0])?.key;
  const length = lengths.find((one) => String(one) === months) ?? 6;
  const set = (part: { pipeline?: string; months?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...part, owner: undefined, month: undefined }), replace: true });
  return (
    <>
      <PageHead title={t('forecast.title')} note={t('forecast.note')}>
        {pipelines !== undefined && pipelines.length > 0 && (
          <Group gap="sm">
            {pipelines.length > 1 && (
              <Select
                w={210}
                aria-label={t('forecast.pipeline')}
                allowDeselect={false}
                value={pipeline ?? null}
                onChange={(value) => set({ pipeline: value ?? '' })}
                data={pipelines.map(({ key, name }) => ({ value: key, label: inLanguage(name, i18n.language) }))}
              />
            )}
            <SegmentedControl
              transitionDuration={0}
              size="sm"
              aria-label={t('forecast.months')}
              value={String(length)}
              onChange={(value) => set({ months: value })}
              data={lengths.map((count) => ({ value: String(count), label: t('forecast.monthCount', { count }) }))}
            />
          </Group>
        )}
      </PageHead>
      {isPending && <PageSkeleton />}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {pipelines?.length === 0 && (
        <Nothing icon={IconLayoutKanban} title={t('deals.noPipeline')} hint={t('deals.noPipelineHint')} />
      )}
      {pipeline !== undefined && <OfPipeline pipeline={pipeline} months={length} />}
    </>
  );
}

function OfPipeline({ pipeline, months }: { pipeline: string; months: number }) {
  const { t } = useTranslation();
  const query = { ...forecastQuery(pipeline, months), placeholderData: keepPreviousData };
  const { data, error, refetch } = useQuery(query);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <PageSkeleton />;
  return (
    <Stack>
      {data.deals.length === 0 && (
        <Nothing icon={IconChartHistogram} title={t('forecast.empty')} hint={t('forecast.emptyHint')} />
      )}
      <Headline forecast={data} />
      {data.currencies.map((one) => (
        <ForecastTable key={one.currency} forecast={data} currency={one} />
      ))}
      <BehindPanel forecast={data} />
      <QualityPanel basis={data.basis} />
    </Stack>
  );
}

/** The sums of all months, with their intervals. */
function Headline({ forecast: { currencies, deals, unpriced } }: { forecast: Forecast }) {
  const { t, i18n } = useTranslation();
  if (deals.length === 0) return null;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t('forecast.expected')} {t('forecast.open', { count: deals.length })}
      </Text>
      {currencies.map(({ currency, total }) => {
        const money = (amount: number) => wholeMoney(amount, currency, i18n.language);
        return (
          <Group key={currency} gap="md" align="baseline">
            <Text fw={700} fz={28} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {money(total.expected)}
            </Text>
            <Text c="dimmed" size="sm">
              {t('forecast.interval')}: {t('forecast.between', { low: money(total.low), high: money(total.high) })}
            </Text>
          </Group>
        );
      })}
      {unpriced > 0 && (
        <Text size="sm" c="dimmed">
          {t('forecast.unpriced', { count: unpriced })}
        </Text>
      )}
    </div>
  );
}
