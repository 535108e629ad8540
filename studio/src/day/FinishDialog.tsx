import { Button, Group, Stack, Textarea } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../api/tasks.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { inLanguage } from '../parts/localized.ts';
import { About } from './About.tsx';

interface Props {
  task: Task;
  opened: boolean;
  onClose: () => void;
  onFinish: (how: { outcome?: string; comment?: string }) => void;
}

/** How it ended, with a word about it if one likes. */
export function FinishDialog({ task, opened, onClose, onFinish }: Props) {
  const { t, i18n } = useTranslation();
  const [comment, setComment] = useState('');
  const outcomes = task.outcomes ?? [];
  const finish = (outcome?: string) =>
    onFinish({
      ...(outcome !== undefined && { outcome }),
      ...(comment.trim() !== '' && { comment: comment.trim() }),
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (outcomes.length === 0) finish();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={inLanguage(task.title, i18n.language)}>
      <Stack component="form" onSubmit={submit}>
        <About task={task} />
        <Textarea
          label={t('day.comment')}
          description={t('day.commentHint')}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={2_000}
          value={comment}
          onChange={({ currentTarget }) => setComment(currentTarget.value)}
          {...(outcomes.length === 0 && { onKeyDown: getHotkeyHandler([['mod+Enter', () => finish()]]) })}
          data-autofocus
        />
        {outcomes.length === 0 ? (
          <Group justify="flex-end">
            <Button type="submit">{t('day.done')}</Button>
          </Group>
        ) : (
          <Stack gap="xs" role="group" aria-label={t('day.howItEnded')}>
            {outcomes.map(({ key, name }) => (
              <Button key={key} variant="light" onClick={() => finish(key)}>
                {inLanguage(name, i18n.language)}
              </Button>
            ))}
            <Button variant="subtle" color="gray" onClick={() => finish()}>
              {t('day.simplyDone')}
            </Button>
          </Stack>
        )}
      </Stack>
    </Dialog>
  );
}
