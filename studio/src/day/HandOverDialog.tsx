import { Button, Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { people } from '../api/people.ts';
import type { Task } from '../api/tasks.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { inLanguage } from '../parts/localized.ts';

interface Props {
  task: Task;
  opened: boolean;
  onClose: () => void;
  onChoose: (user: string) => void;
}

/** Whose it is to be instead. */
export function HandOverDialog({ task, opened, onClose, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const { data: known = [] } = useQuery(people);
  const [user, setUser] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (user !== null) onChoose(user);
  };
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('day.handOverIt', { title: inLanguage(task.title, i18n.language) })}
    >
      <Stack component="form" onSubmit={submit}>
        <Select
          label={t('day.colleague')}
          searchable
          nothingFoundMessage={t('day.nobodyFound')}
          value={user}
          onChange={setUser}
          data={known
            .filter(({ active, key }) => active && key !== task.assignee)
            .map(({ key, name }) => ({ value: key, label: name }))}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={user === null}>
            {t('day.handOver')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
