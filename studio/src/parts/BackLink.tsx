import { Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TextLink } from './TextLink.tsx';

const lists = {
  '/approvals': 'nav.approvals',
  '/contacts': 'nav.contacts',
  '/deals': 'nav.deals',
  '/processes': 'nav.processes',
  '/tickets': 'nav.tickets',
  '/knowledge': 'nav.knowledge',
} as const;

/** The way back to the list that a card belongs to. */
export function BackLink({ to }: { to: keyof typeof lists }) {
  const { t } = useTranslation();
  return (
    <TextLink to={to} mb="xs" display="inline-block">
      <Group gap={4} component="span">
        <IconArrowLeft size={16} aria-hidden />
        {t(lists[to])}
      </Group>
    </TextLink>
  );
}
