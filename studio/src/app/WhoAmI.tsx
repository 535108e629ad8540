import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { saveMe, useMe } from '../api/me.ts';
import { choices, people } from '../api/people.ts';

/** Who sits here: stands on every reply, note and change from this browser. */
export function WhoAmI(place: Pick<SelectProps, 'visibleFrom' | 'hiddenFrom' | 'mb'>) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: known = [] } = useQuery(people);
  if (known.length === 0) return null;
  return (
    <Select
      size="xs"
      w={170}
      {...place}
      aria-label={t('app.me')}
      placeholder={t('app.me')}
      clearable
      searchable
      value={me === '' ? null : me}
      onChange={(value) => saveMe(value ?? '')}
      data={choices(known)}
    />
  );
}
