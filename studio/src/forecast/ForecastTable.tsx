import { Table, Text, UnstyledButton } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Forecast } from '../api/forecast.ts';
import { Panel } from '../parts/Panel.tsx';
import { IntervalBar } from './IntervalBar.tsx';
import { cellOf, type ForecastLine, type Span, shortNumber, spansOf, wholeMoney } from './numbers.ts';
import { everybody, nobody, useNames } from './useNames.ts';

const route = getRouteApi('/forecast');

interface Props {
  forecast: Forecast;
  currency: Forecast['currencies'][number];
}

/** Months across, owners down; each number opens the deals behind it. */
export function ForecastTable({ forecast, currency: { currency, owners, ...all } }: Props) {
  const { t } = useTranslation();
  const names = useNames(forecast);
  const spans = spansOf(forecast);
  const rows = [{ owner: everybody, line: all }, ...owners.map(({ owner = nobody, ...line }) => ({ owner, line }))];
  return (
    <Panel title={t('forecast.byOwner', { currency })}>
      <Table.ScrollContainer minWidth={130 + spans.length * 92}>
        <Table verticalSpacing={2} horizontalSpacing={4} highlightOnHover={false}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('forecast.owner')}</Table.Th>
              {spans.map((span) => (
                <Table.Th key={span.month} scope="col" ta="end" px={12}>
                  {names.span(span)}
                  {'index' in span && span.index === 0 && (
                    <Text size="xs" c="dimmed" fw={400}>
                      {t('forecast.restOf')}
                    </Text>
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ owner, line }) => (
              <Table.Tr key={owner}>
                <Table.Th scope="row" fw={owner === everybody ? 700 : 500}>
                  {names.owner(owner)}
                </Table.Th>
                {spans.map((span) => (
                  <Table.Td key={span.month}>
                    <Cell
                      owner={owner}
                      span={span}
                      line={line}
                      currency={currency}
                      top={topOf(rows, span)}
                      names={names}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}

/** The end of the scale: months are compared with each other, totals among themselves. */
function topOf(rows: readonly { line: ForecastLine }[], span: Span): number {
  const cells = rows.flatMap(({ line }) => (span.month === 'total' ? [line.total] : [...line.months, line.later]));
  return Math.max(...cells.map(({ high, expected }) => Math.max(high, expected)));
}

interface CellProps {
  owner: string;
  span: Span;
  line: ForecastLine;
  currency: string;
  top: number;
  names: ReturnType<typeof useNames>;
}

function Cell({ owner, span, line, currency, top, names }: CellProps) {
  const { t, i18n } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const cell = cellOf(line, span);
  const pressed = search.owner === owner && search.month === span.month && (search.currency ?? currency) === currency;
  const money = (amount: number) => wholeMoney(amount, currency, i18n.language);
  const choose = () =>
    void navigate({
      search: (before) => ({
        ...before,
        ...(pressed ? { owner: undefined, month: undefined } : { owner, month: span.month, currency }),
      }),
      replace: true,
      resetScroll: false,
    });
  return (
    <UnstyledButton
      className="forecast-cell"
      aria-pressed={pressed}
      title={t('forecast.between', { low: money(cell.low), high: money(cell.high) })}
      onClick={choose}
    >
      <span className="visually-hidden">
        {names.owner(owner)}, {names.span(span)}:{' '}
      </span>
      <Text span size="sm" fw={owner === everybody || span.month === 'total' ? 700 : 500}>
        {shortNumber(cell.expected, i18n.language)}
      </Text>
      <span className="visually-hidden"> {t('forecast.cell', { low: money(cell.low), high: money(cell.high) })}</span>
      <IntervalBar cell={cell} top={top} />
    </UnstyledButton>
  );
}
