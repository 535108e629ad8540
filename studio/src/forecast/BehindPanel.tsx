import { CloseButton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { pipeline as pipelineQuery } from '../api/deals.ts';
import type { Forecast } from '../api/forecast.ts';
import { inLanguage } from '../parts/localized.ts';
import { Panel } from '../parts/Panel.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import { chanceIn, percentText, type Span, spansOf, wholeMoney } from './numbers.ts';
import { everybody, nobody, useNames } from './useNames.ts';

const route = getRouteApi('/forecast');
/** Deals less likely than this to be won then are counted and not listed. */
const slight = 0.005;

/** The deals behind the number that was chosen. */
export function BehindPanel({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation();
  const names = useNames(forecast);
  const navigate = route.useNavigate();
  const { owner, month, currency = forecast.currencies[0]?.currency } = route.useSearch();
  const span = spansOf(forecast).find((one) => one.month === month);
  if (owner === undefined || span === undefined || currency === undefined) return null;
  const close = () =>
    void navigate({
      search: (before) => ({ ...before, owner: undefined, month: undefined }),
      replace: true,
      resetScroll: false,
    });
  const own = forecast.deals.filter(
    (deal) => deal.currency === currency && (owner === everybody || (deal.owner ?? nobody) === owner),
  );
  return (
    <Panel
      title={t('forecast.behind', { owner: names.owner(owner), time: names.span(span) })}
      aside={<CloseButton aria-label={t('common.close')} onClick={close} />}
    >
      <Behind pipeline={forecast.pipeline} deals={own} span={span} />
    </Panel>
  );
}

function Behind({ pipeline, deals, span }: { pipeline: string; deals: Forecast['deals']; span: Span }) {
  const { t, i18n } = useTranslation();
  const { data: definition } = useQuery(pipelineQuery(pipeline));
  const stages = new Map(definition?.stages.map(({ key, name }) => [key, inLanguage(name, i18n.language)]));
  const worth = (deal: Forecast['deals'][number]) => chanceIn(deal, span) * (deal.amount ?? 0);
  const listed = deals
    .filter((deal) => chanceIn(deal, span) >= slight)
    .sort((a, b) => worth(b) - worth(a) || chanceIn(b, span) - chanceIn(a, span));
  const money = (amount: number, currency: string) => wholeMoney(amount, currency, i18n.language);
  if (listed.length === 0) return <Text c="dimmed">{t('forecast.noneBehind')}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('forecast.deal')}</Table.Th>
              <Table.Th scope="col">{t('forecast.stage')}</Table.Th>
              {(['amount', 'chance', 'brings'] as const).map((name) => (
                <Table.Th key={name} scope="col" ta="end">
                  {t(`forecast.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
            {listed.map((deal) => (
              <Table.Tr key={deal.id}>
                <Table.Td>
                  <TextLink to="/deals/$id" params={{ id: deal.id }} className="wrapped">
                    #{deal.number} {deal.title}
                  </TextLink>
                </Table.Td>
                <Table.Td>{stages.get(deal.stage) ?? deal.stage}</Table.Td>
                <Table.Td ta="end">{deal.amount === undefined ? '' : money(deal.amount, deal.currency)}</Table.Td>
                <Table.Td ta="end">{percentText(chanceIn(deal, span), i18n.language)}</Table.Td>
                <Table.Td ta="end">{deal.amount === undefined ? '' : money(worth(deal), deal.currency)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {deals.length > listed.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('forecast.more', { count: deals.length - listed.length })}
        </Text>
      )}
    </>
  );
}
