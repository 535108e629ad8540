import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../../api/types.ts';
import { DealEventText } from '../../deals/DealEventText.tsx';
import { Detail } from '../../parts/Detail.tsx';
import { moneyText } from '../../parts/money.ts';
import { AboutEventText, isAboutOne } from './AboutEventText.tsx';

export function EventText({ row: { title, detail } }: { row: TimelineRow }) {
  const { t, i18n } = useTranslation();
  const name = String(title);
  if (name.startsWith('deal.')) return <DealEventText name={name} detail={detail} />;
  if (isAboutOne(name)) return <AboutEventText name={name} detail={detail} />;
  const words = t(`event.${name.replaceAll('.', '-')}`, name);
  const { amount, currency } = detail;
  const sum = /^(order|payment)\./.test(name) && typeof amount === 'number' ? amount : undefined;
  return (
    <>
      <Text span fw={600} size="sm">
        {words}
        {sum !== undefined && `: ${moneyText(sum, typeof currency === 'string' ? currency : undefined, i18n.language)}`}
      </Text>{' '}
      {words !== name && (
        <Text span c="dimmed" size="xs">
          {name}
        </Text>
      )}
      <Detail detail={detail} without={sum === undefined ? ['message'] : ['amount', 'currency', 'dealId']} />
    </>
  );
}
