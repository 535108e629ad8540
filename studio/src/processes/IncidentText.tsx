import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../api/types.ts';
import { errorText } from '../parts/explain.ts';

/** Why an instance stands still: what the code means in the reader's language, and what the step said. */
export function IncidentText({ incident }: { incident: Instance['incidents'][number] }) {
  const { t } = useTranslation();
  const title = errorText(incident.code, 'title', t);
  return (
    <>
      {title && (
        <Text size="sm" fw={500}>
          {title}
        </Text>
      )}
      <Text size="sm" className="wrapped">
        {incident.message}
      </Text>
    </>
  );
}
