import { Alert, Button, Grid, Group, SegmentedControl, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newIdempotencyKey } from '../api/client.ts';
import type { DealCard } from '../api/deals.ts';
import {
  type DocumentTemplate,
  documentPreview,
  makeDocument,
  supersedeDocument,
  type WholeDocument,
  wasMadeBefore,
} from '../api/documents.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { PdfView } from '../parts/pdf/PdfView.tsx';
import { SideSheet } from '../parts/SideSheet.tsx';
import { showUndo } from '../parts/show-undo.tsx';
import { contentOf, draftFor } from './content.ts';

interface Making {
  template: DocumentTemplate;
  /** The document whose place it takes. */
  before?: WholeDocument;
}

interface Props {
  deal: DealCard;
  /** undefined: nothing is being made. */
  making: Making | undefined;
  onClose: () => void;
}

/** Makes a document of a deal: what it says on one side, how it will look on the other, before it gets its number. */
export function DocumentMaker({ deal, making, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const name = making && inLanguage(making.template.name, i18n.language);
  const number = making?.before?.number;
  return (
    <SideSheet
      opened={making !== undefined}
      onClose={onClose}
      size="min(1180px, 100%)"
      title={number === undefined ? name : t('documents.supersedeTitle', { name, number })}
    >
      {making && <Form key={making.template.key} deal={deal} onClose={onClose} {...making} />}
    </SideSheet>
  );
}

function Form({ deal, template, before, onClose }: Making & Pick<Props, 'deal' | 'onClose'>) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftFor(template.key, deal, before));
  const content = contentOf(draft, deal, template.fields);
  const request = { contactId: deal.contact.id, dealId: deal.id, ...content };
  const [asked] = useDebouncedValue(request, 400);
  const preview = useQuery({ ...documentPreview(asked), placeholderData: keepPreviousData });
  const [attempt] = useState(newIdempotencyKey);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      before === undefined ? makeDocument(request, attempt) : supersedeDocument(before.id, content, attempt),
    onSuccess: async ({ number }) => {
      onClose();
      showUndo('document', t('documents.made', { number }), t);
      await Promise.all([['documents'], ['deals', deal.id]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    // It may have been made, and only its answer lost.
    onError: () => queries.invalidateQueries({ queryKey: ['documents'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack component="form" onSubmit={submit}>
          {template.description && (
            <Text size="sm" c="dimmed">
              {inLanguage(template.description, i18n.language)}
            </Text>
          )}
          <SegmentedControl
            transitionDuration={0}
            aria-label={t('documents.language')}
            value={draft.language}
            onChange={(language) => setDraft({ ...draft, language: language === 'ru' ? 'ru' : 'en' })}
            data={(['en', 'ru'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          />
          {Object.entries(template.fields).map(([name, field]) => (
            <TextInput
              key={name}
              label={inLanguage(field.name, i18n.language)}
              required={field.required}
              value={draft.data[name] ?? ''}
              onChange={({ currentTarget: { value } }) =>
                setDraft((one) => ({ ...one, data: { ...one.data, [name]: value } }))
              }
            />
          ))}
          <Text size="sm" c="dimmed">
            {deal.items.length > 0
              ? t('documents.fromItems', { count: deal.items.length })
              : t(deal.amount === undefined ? 'documents.fromNothing' : 'documents.fromAmount')}
          </Text>
          {error &&
            (wasMadeBefore(error) ? (
              <Alert role="alert">{t('documents.madeBefore')}</Alert>
            ) : (
              <Failure error={error} />
            ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={preview.isError}>
              {t(before === undefined ? 'documents.make' : 'documents.supersede')}
            </Button>
          </Group>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        {preview.isError && <Failure error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.isPending && <Skeleton height={560} />}
        {!preview.isError && preview.data && <PdfView bytes={preview.data} title={t('documents.preview')} />}
      </Grid.Col>
    </Grid>
  );
}
