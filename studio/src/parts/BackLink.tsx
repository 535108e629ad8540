import { Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TextLink } from './TextLink.tsx';

/** The way back to the list that a card belongs to. */
export function BackLink({ to }: { to: '/contacts' | '/processes' }) {
  const { t } = useTranslation();
  return (
    <TextLink to={to} mb="xs" display="inline-block">
      <Group gap={4} component="span">
        <IconArrowLeft size={16} aria-hidden />
        {t(to === '/contacts' ? 'nav.contacts' : 'nav.processes')}
      </Group>
    </TextLink>
  );
}
