import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';

/** How long one may take it back. Real milliseconds. */
const patience = 8_000;

/** Says in the corner of the page what was done; with `undo` it can be taken back. A notice of the same id makes room for it. */
export function showUndo(id: string, text: string, t: TFunction, undo?: () => void): void {
  notifications.hide(id);
  const back = () => {
    notifications.hide(id);
    undo?.();
  };
  notifications.show({
    id,
    autoClose: patience,
    closeButtonProps: { 'aria-label': t('common.close') },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm" className="wrapped" lineClamp={3}>
          {text}
        </Text>
        {undo && (
          <Button size="compact-sm" variant="light" onClick={back} flex="none">
            {t('common.undo')}
          </Button>
        )}
      </Group>
    ),
  });
}
