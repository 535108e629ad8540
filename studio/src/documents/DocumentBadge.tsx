import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const documentColours: Record<string, string> = { issued: 'green', void: 'red', superseded: 'gray' };

/** Whether a document is in force. */
export function DocumentBadge({ status }: { status: string }) {
  const { t } = useTranslation();
  return (
    <Badge size="sm" variant="light" tt="none" color={documentColours[status] ?? 'gray'}>
      {t(`documentStatus.${status}`)}
    </Badge>
  );
}
