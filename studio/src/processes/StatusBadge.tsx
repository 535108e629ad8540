import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../api/types.ts';

const colours = { starting: 'blue', running: 'pine', paused: 'yellow', ended: 'gray' } as const;

/** The status; an incident is what matters most. */
export function StatusBadge({ instance }: { instance: Pick<Instance, 'status' | 'incidents'> }) {
  const { t } = useTranslation();
  const stuck = instance.incidents.length > 0;
  return (
    <Badge variant="light" tt="none" color={stuck ? 'red' : colours[instance.status]} style={{ flexShrink: 0 }}>
      {stuck ? t('process.incident') : t(`status.${instance.status}`)}
    </Badge>
  );
}
