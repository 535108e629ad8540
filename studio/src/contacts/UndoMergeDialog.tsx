import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { undoMerge } from '../api/contacts.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Failure } from '../parts/Failure.tsx';
import { TextLink } from '../parts/TextLink.tsx';
import type { Merge } from './merges.ts';
import { contactName } from './name.ts';

interface Props {
  /** Id of the contact that survived. */
  survivor: string;
  /** undefined: nothing is asked. */
  merge: Merge | undefined;
  onClose: () => void;
}

/** Asks before two contacts are made of one again, and tells what stayed with the survivor. */
export function UndoMergeDialog({ survivor, merge, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={merge !== undefined} onClose={onClose} title={t('contacts.unmergeTitle')}>
      {merge && <Question survivor={survivor} merge={merge} onClose={onClose} />}
    </Dialog>
  );
}

function Question({ survivor, merge, onClose }: Props & { merge: Merge }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () => undoMerge(survivor, merge.absorbed),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['contacts'] }),
  });
  if (data !== undefined) return <Outcome {...data} onClose={onClose} />;
  return (
    <Stack>
      <Text size="sm">{t('contacts.unmergeWhat', { name: merge.name })}</Text>
      {error && <Failure error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common.cancel')}
        </Button>
        <Button color="red" loading={isPending} onClick={() => mutate()}>
          {t('contacts.unmerge')}
        </Button>
      </Group>
    </Stack>
  );
}

function Outcome({ restored, stayed, onClose }: Awaited<ReturnType<typeof undoMerge>> & Pick<Props, 'onClose'>) {
  const { t } = useTranslation();
  return (
    <Stack role="status">
      <Text size="sm">
        {t('contacts.unmerged')}{' '}
        <TextLink to="/contacts/$id" params={{ id: restored.id }} onClick={onClose}>
          {contactName(restored)}
        </TextLink>
      </Text>
      <Text size="sm" fw={600}>
        {t('contacts.stayed')}
      </Text>
      <Facts
        facts={[
          [t('row.event'), stayed.events],
          [t('row.step'), stayed.instances],
          [t('row.message'), stayed.messages],
          [t('row.task'), stayed.tasks],
          [t('contacts.facts'), stayed.fields.join(', ')],
        ]}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}
