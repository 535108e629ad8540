import { Button } from '@mantine/core';
import { IconCompassOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Nothing } from '../parts/Nothing.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Nothing icon={IconCompassOff} title={t('common.notFound')} heading={1}>
      <Button component={Link} to="/processes" variant="light">
        {t('nav.processes')}
      </Button>
    </Nothing>
  );
}
