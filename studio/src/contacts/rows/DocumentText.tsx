import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { documentTemplates } from '../../api/documents.ts';
import type { TimelineRow } from '../../api/types.ts';
import { DocumentBadge } from '../../documents/DocumentBadge.tsx';
import { inLanguage } from '../../parts/localized.ts';
import { moneyText } from '../../parts/money.ts';
import { Author } from '../../tickets/Author.tsx';

/** A document that was made, and what has become of it. */
export function DocumentText({ row: { title, detail } }: { row: TimelineRow }) {
  const { i18n } = useTranslation();
  const { data: templates } = useQuery(documentTemplates);
  const { number, status, gross, currency, by } = detail;
  const name = templates?.find(({ key }) => key === title)?.name ?? title;
  return (
    <>
      <Text span fw={600} size="sm">
        {inLanguage(name, i18n.language)} {String(number)}
      </Text>{' '}
      <DocumentBadge status={String(status)} />
      <Text size="xs" c="dimmed" component="div">
        {moneyText(Number(gross), String(currency), i18n.language)} · <Author by={String(by)} size="xs" fw={400} />
      </Text>
    </>
  );
}
