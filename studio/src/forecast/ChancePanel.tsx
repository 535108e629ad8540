import { Box, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Deal, pipeline as pipelineQuery } from '../api/deals.ts';
import { type DealProbability, probability as probabilityQuery } from '../api/forecast.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { spanText } from '../parts/time.ts';
import { percentText, wholeMoney } from './numbers.ts';
import './forecast.css';

type Fact = DealProbability['facts'][number];
type OpenDeal = Pick<Deal, 'id' | 'pipeline' | 'currency'>;

/** How likely an open deal is won, and which facts make it so. */
export function ChancePanel({ deal }: { deal: OpenDeal }) {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery(probabilityQuery(deal.id));
  const percent = (part: number) => percentText(part, i18n.language);
  return (
    <Panel title={t('chance.title')}>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && !error && <RowsSkeleton height={20} />}
      {data && (
        <Stack gap="xs">
          <Group gap="sm" align="baseline">
            <Text fw={700} fz={28}>
              {percent(data.value)}
            </Text>
            <Text size="sm" c="dimmed">
              {t('chance.interval', { low: percent(data.low), high: percent(data.high) })}
            </Text>
          </Group>
          <Pushes data={data} deal={deal} />
          <Text size="xs" c="dimmed">
            {data.basis.deals === 0 ? t('chance.noneYet') : t('chance.learned', { count: data.basis.deals })}
          </Text>
        </Stack>
      )}
    </Panel>
  );
}

/** From the share of all deals to the chance of this one, step by step. */
function Pushes({ data: { base, value, facts }, deal }: { data: DealProbability; deal: OpenDeal }) {
  const { t, i18n } = useTranslation();
  const words = useFactWords(deal);
  const widest = Math.max(0.01, ...facts.map(({ push }) => Math.abs(push)));
  const points = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero', maximumFractionDigits: 1 });
  return (
    <Box component="dl" m={0} aria-label={t('chance.why')} style={{ display: 'grid', gap: 6 }}>
      <Line name={t('chance.base')} value={percentText(base, i18n.language)} />
      {facts.map((fact) => {
        const width = (Math.abs(fact.push) / widest) * 50;
        return (
          <Line
            key={fact.fact}
            name={words(fact)}
            value={t('chance.points', { points: points.format(fact.push * 100) })}
          >
            <dd className="chance-push" aria-hidden>
              <span
                data-down={fact.push < 0 || undefined}
                style={{ width: `${width}%`, insetInlineStart: `${fact.push < 0 ? 50 - width : 50}%` }}
              />
            </dd>
          </Line>
        );
      })}
      <Line name={t('chance.value')} value={percentText(value, i18n.language)} strong />
    </Box>
  );
}

interface LineProps {
  name: string;
  value: string;
  strong?: boolean;
  children?: ReactNode;
}

function Line({ name, value, strong = false, children }: LineProps) {
  return (
    <div className="chance-line">
      <Text component="dt" size="sm" fw={strong ? 700 : 400} className="wrapped">
        {name}
      </Text>
      <Text component="dd" m={0} size="sm" fw={strong ? 700 : 500} style={{ whiteSpace: 'nowrap' }}>
        {value}
      </Text>
      {children}
    </div>
  );
}

/** "In the stage for 12 days (usually 6 days)". */
function useFactWords({ pipeline, currency }: OpenDeal): (fact: Fact) => string {
  const { t, i18n } = useTranslation();
  const { data: definition } = useQuery(pipelineQuery(pipeline));
  const written = (fact: Fact['fact'], value: string | number): string => {
    if (fact === 'stage') {
      const name = definition?.stages.find(({ key }) => key === value)?.name;
      return name === undefined ? String(value) : inLanguage(name, i18n.language);
    }
    if (typeof value === 'string') return value;
    return fact === 'amount' ? wholeMoney(value, currency, i18n.language) : spanText(value * 86_400_000, i18n.language);
  };
  return ({ fact, value, typical }) => {
    const said = t(`chanceFact.${fact}`, { value: value === undefined ? t('chance.unknown') : written(fact, value) });
    return typical === undefined ? said : `${said} (${t('chance.usually', { value: written(fact, typical) })})`;
  };
}
