import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isObject, type Json } from '../../../../engine/json.ts';
import type { TimelineRow } from '../../api/types.ts';
import { DealEventText } from '../../deals/DealEventText.tsx';
import { Detail } from '../../parts/Detail.tsx';

export function EventText({ row: { title, detail } }: { row: TimelineRow }) {
  const { t, i18n } = useTranslation();
  const name = String(title);
  if (name.startsWith('deal.')) return <DealEventText name={name} detail={detail} />;
  // A task says what it is; the deal or the ticket that it is about is no news.
  const task = name.startsWith('task.') && isObject(detail.task) ? detail.task : undefined;
  const words = t(`event.${name.replaceAll('.', '-')}`, name);
  return (
    <>
      <Text span fw={600} size="sm">
        {words}
        {task && `: ${titleIn(task.title, i18n.language)}`}
      </Text>{' '}
      {words !== name && (
        <Text span c="dimmed" size="xs">
          {name}
        </Text>
      )}
      <Detail detail={detail} without={task ? ['task', 'deal', 'ticket'] : ['message']} />
    </>
  );
}

function titleIn(title: Json | undefined, language: string): string {
  const text = isObject(title) ? title[language === 'ru' ? 'ru' : 'en'] : title;
  return typeof text === 'string' ? text : '';
}
