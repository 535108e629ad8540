import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A window in the middle of the page that must be dealt with first. */
export function Dialog(
  props: Pick<ModalProps, 'opened' | 'onClose' | 'title' | 'size' | 'onExitTransitionEnd' | 'children'>,
) {
  const { t } = useTranslation();
  return <Modal {...props} centered closeButtonProps={{ 'aria-label': t('common.close') }} />;
}
