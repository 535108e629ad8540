import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../api/tasks.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { inLanguage } from '../parts/localized.ts';
import { fieldInstant, fieldText } from './moments.ts';

interface Props {
  task: Task;
  /** Suggested at first. Epoch ms. */
  suggested: number;
  opened: boolean;
  onClose: () => void;
  onChoose: (due: number) => void;
}

/** A time of one's own until when something is to be done. */
export function TimeDialog({ task, suggested, opened, onClose, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState(() => fieldText(suggested));
  const due = fieldInstant(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (due !== undefined) onChoose(due);
  };
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('day.putOffIt', { title: inLanguage(task.title, i18n.language) })}
    >
      <Stack component="form" onSubmit={submit}>
        <TextInput
          type="datetime-local"
          label={t('day.until')}
          required
          withAsterisk={false}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={due === undefined}>
            {t('day.putOff')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
