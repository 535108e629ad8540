import { Drawer, type DrawerProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Something to look into beside the page, over its right edge. */
export function SideSheet(props: Pick<DrawerProps, 'opened' | 'onClose' | 'title' | 'size' | 'children'>) {
  const { t } = useTranslation();
  return <Drawer {...props} position="right" closeButtonProps={{ 'aria-label': t('common.close') }} />;
}
