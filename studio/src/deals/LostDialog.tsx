import { Button, Group, Radio, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, Wish } from '../api/deals.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { inLanguage } from '../parts/localized.ts';
import type { Movable } from './useMoves.tsx';

interface Props {
  /** The deal that is to be lost; undefined: nothing is asked. */
  deal: Movable | undefined;
  reasons: Board['lostReasons'];
  onClose: () => void;
  onLose: (deal: Movable, wish: Wish) => void;
  /** The dialog has closed. */
  onGone: () => void;
}

/** Why a deal was lost: one of the pipeline's reasons, with a word of one's own. */
export function LostDialog({ deal, onClose, onGone, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={deal !== undefined}
      onClose={onClose}
      onExitTransitionEnd={onGone}
      title={t('deals.loseTitle', { title: deal?.title })}
    >
      {deal && <Form deal={deal} onClose={onClose} {...form} />}
    </Dialog>
  );
}

function Form({ deal, reasons, onClose, onLose }: Omit<Props, 'onGone'> & { deal: Movable }) {
  const { t, i18n } = useTranslation();
  const [reason, setReason] = useState('');
  const [why, setWhy] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onClose();
    onLose(deal, { to: 'lost', reason, ...(why.trim() !== '' && { why: why.trim() }) });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <Radio.Group label={t('deals.lostReason')} value={reason} onChange={setReason}>
        <Stack gap="xs" mt="xs">
          {reasons.map(({ key, name }, index) => (
            <Radio
              key={key}
              value={key}
              label={inLanguage(name, i18n.language)}
              {...(index === 0 && { 'data-autofocus': true })}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('deals.comment')}
        autosize
        minRows={2}
        maxLength={500}
        value={why}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" color="red" disabled={reason === ''}>
          {t('deals.lose')}
        </Button>
      </Group>
    </Stack>
  );
}
