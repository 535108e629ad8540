import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Document, voidDocument } from '../api/documents.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Failure.tsx';

interface Props {
  /** undefined: nothing is asked. */
  document: Document | undefined;
  onClose: () => void;
}

/** Why a document is void; its number stays used. */
export function VoidDialog({ document, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={document !== undefined}
      onClose={onClose}
      title={t('documents.voidTitle', { number: document?.number })}
    >
      {document && <Form document={document} onClose={onClose} />}
    </Dialog>
  );
}

function Form({ document, onClose }: { document: Document; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => voidDocument(document.id, reason.trim()),
    onSuccess: async () => {
      onClose();
      await Promise.all(
        [['documents'], ['deals'], ['approvals']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Stack component="form" onSubmit={submit}>
      <Text size="sm">{t('documents.voidWhat')}</Text>
      <Textarea
        label={t('documents.reason')}
        autosize
        minRows={2}
        maxLength={1_000}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        data-autofocus
      />
      {error && <Failure error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" color="red" disabled={reason.trim() === ''} loading={isPending}>
          {t('documents.void')}
        </Button>
      </Group>
    </Stack>
  );
}
