import { Button, Chip, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choices, people } from '../api/people.ts';
import { type NewTask as Body, openTask } from '../api/tasks.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Failure.tsx';
import { useNow } from '../parts/useNow.ts';
import { AboutFields, type Subject } from './AboutFields.tsx';
import { fieldInstant, fieldText, inAnHour, tomorrowMorning } from './moments.ts';

interface Props {
  opened: boolean;
  onClose: () => void;
  /** Whose it is at first: key of a user. */
  assignee: string;
  /** What it is about, where that is plain from the page. */
  about?: Pick<Body, 'contactId' | 'dealId' | 'ticketId'>;
}

/** Plans a task: what, about whom, whose, until when. */
export function NewTask({ opened, onClose, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('day.newTask')} size="lg">
      <TaskForm onClose={onClose} {...form} />
    </Dialog>
  );
}

function TaskForm({ onClose, assignee, about }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const now = useNow();
  const queries = useQueryClient();
  const { data: known = [] } = useQuery(people);
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [subject, setSubject] = useState<Subject>({ contact: '', matter: '' });
  const [user, setUser] = useState<string | null>(assignee === '' ? null : assignee);
  const [until, setUntil] = useState('');
  const due = fieldInstant(until);
  const chosen = about ?? idsOf(subject);
  const ready = title.trim() !== '' && chosen !== undefined;
  const { mutate, isPending, error } = useMutation({
    mutationFn: openTask,
    onSuccess: async () => {
      notifications.show({ message: t('day.planned', { title: title.trim() }) });
      await queries.invalidateQueries({ queryKey: ['tasks'] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    mutate({
      ...chosen,
      title: title.trim(),
      ...(description.trim() !== '' && { description: description.trim() }),
      ...(user !== null && { assignee: user }),
      ...(due !== undefined && { due: new Date(due).toISOString() }),
    });
  };
  const quick = [
    { text: t('day.inAnHour'), at: inAnHour(now) },
    { text: t('day.tomorrowMorning'), at: tomorrowMorning(now) },
  ];
  return (
    <Stack component="form" onSubmit={submit}>
      <TextInput
        label={t('day.what')}
        placeholder={t('day.whatHint')}
        maxLength={500}
        value={title}
        onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        data-autofocus
      />
      {about === undefined && <AboutFields subject={subject} onChange={setSubject} />}
      <Group align="flex-end" gap="sm">
        <TextInput
          type="datetime-local"
          label={t('day.until')}
          flex="1 1 200px"
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
        <Group gap={6} mb={4}>
          {quick.map(({ text, at }) => (
            <Chip
              key={text}
              size="xs"
              checked={until === fieldText(at)}
              onChange={(checked) => setUntil(checked ? fieldText(at) : '')}
            >
              {text}
            </Chip>
          ))}
        </Group>
      </Group>
      <Select
        label={t('day.whose')}
        placeholder={t('tickets.nobody')}
        searchable
        clearable
        value={user}
        onChange={setUser}
        data={choices(known)}
      />
      <Textarea
        label={t('day.description')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5_000}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      {error && <Failure error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={!ready} loading={isPending}>
          {t('day.plan')}
        </Button>
      </Group>
    </Stack>
  );
}

/** A task is about one thing: the deal or the ticket, else the contact. Nothing: nobody is chosen. */
function idsOf({ contact, matter }: Subject): Props['about'] {
  if (matter.startsWith('deal:')) return { dealId: matter.slice('deal:'.length) };
  if (matter.startsWith('ticket:')) return { ticketId: matter.slice('ticket:'.length) };
  return contact === '' ? undefined : { contactId: contact };
}
