import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isObject, type Json } from '../../../../engine/json.ts';
import type { TimelineRow } from '../../api/types.ts';
import { DealEventText } from '../../deals/DealEventText.tsx';
import { Detail } from '../../parts/Detail.tsx';

const abouts = ['task', 'approval', 'document'];

export function EventText({ row: { title, detail } }: { row: TimelineRow }) {
  const { t, i18n } = useTranslation();
  const name = String(title);
  if (name.startsWith('deal.')) return <DealEventText name={name} detail={detail} />;
  // What it is about says what it is; the deal or the ticket behind that is no news.
  const kind = abouts.find((one) => name.startsWith(`${one}.`));
  const about = kind && isObject(detail[kind]) ? detail[kind] : undefined;
  const words = t(`event.${name.replaceAll('.', '-')}`, name);
  return (
    <>
      <Text span fw={600} size="sm">
        {words}
        {about && `: ${titleIn(about.title ?? about.number, i18n.language)}`}
      </Text>{' '}
      {words !== name && (
        <Text span c="dimmed" size="xs">
          {name}
        </Text>
      )}
      <Detail detail={detail} without={about ? [...abouts, 'deal', 'ticket'] : ['message']} />
    </>
  );
}

function titleIn(title: Json | undefined, language: string): string {
  const text = isObject(title) ? title[language === 'ru' ? 'ru' : 'en'] : title;
  return typeof text === 'string' ? text : '';
}
