import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NewDeal, openDealOf, pipeline as pipelineQuery } from '../api/deals.ts';
import { useMe } from '../api/me.ts';
import { choices, people } from '../api/people.ts';
import { addressIn, ContactField } from '../contacts/ContactField.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Failure.tsx';
import { showUndo } from '../parts/show-undo.tsx';

interface Props {
  opened: boolean;
  onClose: () => void;
  /** Key of the pipeline in which it begins. */
  pipeline: string;
  /** Whose it is, where that is plain from the page. */
  contactId?: string;
}

/** Opens a deal in the first stage: what, whose, how much, who has it. */
export function NewDealDialog({ opened, onClose, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('deals.newDeal')} size="lg">
      <Form onClose={onClose} {...form} />
    </Dialog>
  );
}

function Form({ onClose, pipeline, contactId }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const { data: known = [] } = useQuery(people);
  const { data: definition } = useQuery(pipelineQuery(pipeline));
  const [title, setTitle] = useState('');
  const [whose, setWhose] = useState(contactId ?? '');
  const [amount, setAmount] = useState<string | number>('');
  const [owner, setOwner] = useState<string | null>(me === '' ? null : me);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: NewDeal) => openDealOf(body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['deals'] });
      showUndo('deal-new', t('deals.opened', { title: title.trim() }), t);
      onClose();
    },
  });
  const ready = title.trim() !== '' && whose !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    mutate({
      pipeline,
      title: title.trim(),
      ...(addressIn(whose) ?? { contactId: whose }),
      ...(amount !== '' && { amount: Number(amount) }),
      ...(owner !== null && { owner }),
    });
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <TextInput
        label={t('deals.title')}
        placeholder={t('deals.titleHint')}
        required
        maxLength={500}
        value={title}
        onChange={({ currentTarget }) => setTitle(currentTarget.value)}
        data-autofocus
      />
      {contactId === undefined && (
        <ContactField
          label={t('deals.contact')}
          placeholder={t('deals.contactHint')}
          value={whose}
          onChange={setWhose}
          newToo
        />
      )}
      <Group grow align="flex-start">
        <NumberInput
          label={t('deals.amount')}
          min={0}
          decimalScale={2}
          thousandSeparator=" "
          hideControls
          rightSection={definition?.currency}
          rightSectionWidth={56}
          value={amount}
          onChange={setAmount}
        />
        <Select
          label={t('deals.owner')}
          placeholder={t('deals.nobodys')}
          searchable
          clearable
          value={owner}
          onChange={setOwner}
          data={choices(known)}
        />
      </Group>
      {error && <Failure error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" disabled={!ready} loading={isPending}>
          {t('deals.open')}
        </Button>
      </Group>
    </Stack>
  );
}
