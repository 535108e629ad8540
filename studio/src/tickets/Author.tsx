import { Text, type TextProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PersonName } from './PersonName.tsx';

/** Who did something to a ticket: `customer`, `api`, `system`, `user:<key>` or `instance:<id>`. */
export function Author({ by, ...text }: TextProps & { by: string }) {
  const { t } = useTranslation();
  const [kind = '', key] = by.split(/:(.*)/s);
  if (kind === 'user') return <PersonName user={key} fw={600} size="sm" {...text} />;
  return (
    <Text span fw={600} size="sm" {...text}>
      {t(`actor.${kind}`, kind)}
    </Text>
  );
}
