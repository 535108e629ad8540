import { Text, type TextProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { people } from '../api/people.ts';

/** The name of a user by their key; nobody, where there is none. */
export function PersonName({ user, ...text }: TextProps & { user: string | undefined }) {
  const { t } = useTranslation();
  const { data: known } = useQuery(people);
  if (user === undefined) {
    return (
      <Text span c="dimmed" {...text}>
        {t('tickets.nobody')}
      </Text>
    );
  }
  return (
    <Text span {...text}>
      {known?.find(({ key }) => key === user)?.name ?? user}
    </Text>
  );
}
