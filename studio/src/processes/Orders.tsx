import { Button, Group } from '@mantine/core';
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconRefresh,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Order } from '../api/processes.ts';
import type { Instance } from '../api/types.ts';
import { useAsk } from '../parts/useAsk.tsx';
import { useOrder } from './useOrder.ts';

const signs = {
  retry: IconRefresh,
  skip: IconPlayerSkipForward,
  pause: IconPlayerPause,
  resume: IconPlayerPlay,
  cancel: IconPlayerStop,
} as const;

/** Orders that cannot be taken back ask first. */
const asking = new Set<Order>(['skip', 'cancel']);

/** What can be ordered of an instance as it stands. */
export function Orders({ instance, only }: { instance: Instance; only?: readonly Order[] }) {
  const { t } = useTranslation();
  const { ask, dialog } = useAsk();
  const { mutate, isPending } = useOrder();
  const give = (what: Order) => mutate({ id: instance.id, what });
  const choose = (what: Order) => {
    if (!asking.has(what)) return give(what);
    ask({
      title: t(`order.${what}`),
      text: t(`order.${what}What`),
      action: t(`order.${what}`),
      dangerous: what === 'cancel',
      onConfirm: () => give(what),
    });
  };
  return (
    <Group gap="xs">
      {possible(instance)
        .filter((what) => only === undefined || only.includes(what))
        .map((what) => {
          const Sign = signs[what];
          return (
            <Button
              key={what}
              size="xs"
              variant={what === 'retry' ? 'filled' : 'default'}
              leftSection={<Sign size={15} aria-hidden />}
              disabled={isPending}
              onClick={() => choose(what)}
            >
              {t(`order.${what}`)}
            </Button>
          );
        })}
      {dialog}
    </Group>
  );
}

function possible({ status, incidents }: Instance): Order[] {
  if (status === 'ended') return [];
  const stuck: Order[] = incidents.length > 0 ? ['retry', 'skip'] : [];
  return [...stuck, status === 'paused' ? 'resume' : 'pause', 'cancel'];
}
