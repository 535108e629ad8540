import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { explain } from './explain.ts';

/** Says in the corner of the page that something asked for was not done, and why. */
export function showFailure(error: Error, t: TFunction): void {
  const { title, detail, cure } = explain(error, t);
  notifications.show({
    color: 'red',
    title,
    message: (
      <>
        {cure && <Text size="sm">{cure}</Text>}
        <Text size="xs" c="dimmed" className="wrapped">
          {detail}
        </Text>
      </>
    ),
  });
}
