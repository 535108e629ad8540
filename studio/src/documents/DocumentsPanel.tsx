import { ActionIcon, Box, Button, Group, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconDots, IconDownload, IconFileOff, IconFilePlus, IconFileSymlink, IconFileText } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DealCard } from '../api/deals.ts';
import {
  type Document,
  type DocumentTemplate,
  documentFile,
  documentsOf,
  documentTemplates,
  type WholeDocument,
  wholeDocument,
} from '../api/documents.ts';
import { save } from '../api/files.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { Moment } from '../parts/Moment.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { moneyText } from '../parts/money.ts';
import { Panel } from '../parts/Panel.tsx';
import { showFailure } from '../parts/show-failure.tsx';
import { DocumentBadge } from './DocumentBadge.tsx';
import { DocumentMaker } from './DocumentMaker.tsx';
import { DocumentViewer } from './DocumentViewer.tsx';
import { VoidDialog } from './VoidDialog.tsx';

/** The documents of a deal: made from templates, opened, voided, superseded. */
export function DocumentsPanel({ deal }: { deal: DealCard }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: templates = [] } = useQuery(documentTemplates);
  const list = useInfiniteQuery(documentsOf(deal.id));
  const [making, setMaking] = useState<{ template: DocumentTemplate; before?: WholeDocument }>();
  const [viewed, setViewed] = useState<Document>();
  const [voiding, setVoiding] = useState<Document>();
  const documents = list.data?.pages.flatMap((page) => page.items) ?? [];
  const templateOf = ({ template }: Document) => templates.find(({ key }) => key === template.key);
  const supersede = (document: Document, template: DocumentTemplate) => {
    queries.fetchQuery(wholeDocument(document.id)).then(
      (before) => setMaking({ template, before }),
      (error: Error) => showFailure(error, t),
    );
  };
  return (
    <Panel
      title={t('documents.title')}
      aside={<MakeMenu templates={templates} onMake={(template) => setMaking({ template })} />}
    >
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && documents.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('documents.none')}
        </Text>
      )}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {documents.map((document) => {
          const template = templateOf(document);
          return (
            <Line key={document.id} document={document} template={template} onOpen={() => setViewed(document)}>
              {document.status === 'issued' && (
                <>
                  <Menu.Divider />
                  {template && (
                    <Menu.Item
                      leftSection={<IconFileSymlink size={16} aria-hidden />}
                      onClick={() => supersede(document, template)}
                    >
                      {t('documents.supersede')}
                    </Menu.Item>
                  )}
                  <Menu.Item
                    color="red"
                    leftSection={<IconFileOff size={16} aria-hidden />}
                    onClick={() => setVoiding(document)}
                  >
                    {t('documents.void')}
                  </Menu.Item>
                </>
              )}
            </Line>
          );
        })}
      </Stack>
      <MoreButton list={list} />
      <DocumentMaker deal={deal} making={making} onClose={() => setMaking(undefined)} />
      <DocumentViewer document={viewed} onClose={() => setViewed(undefined)} />
      <VoidDialog document={voiding} onClose={() => setVoiding(undefined)} />
    </Panel>
  );
}

interface MakeMenuProps {
  templates: DocumentTemplate[];
  onMake: (template: DocumentTemplate) => void;
}

function MakeMenu({ templates, onMake }: MakeMenuProps) {
  const { t, i18n } = useTranslation();
  if (templates.length === 0) return null;
  return (
    <Menu position="bottom-end" shadow="md" trapFocus returnFocus>
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" leftSection={<IconFilePlus size={15} aria-hidden />}>
          {t('documents.make')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('documents.make')}>
        {templates.map((template) => (
          <Menu.Item
            key={template.key}
            leftSection={<IconFileText size={16} aria-hidden />}
            onClick={() => onMake(template)}
          >
            {inLanguage(template.name, i18n.language)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface LineProps {
  document: Document;
  template: DocumentTemplate | undefined;
  onOpen: () => void;
  /** More that can be done to it. */
  children: ReactNode;
}

function Line({ document, template, onOpen, children }: LineProps) {
  const { t, i18n } = useTranslation();
  const { id, number, status, gross, currency, createdAt, voided } = document;
  const download = (format: 'pdf' | 'docx') =>
    documentFile(id, format).then(
      (bytes) => save(bytes, `${number}.${format}`),
      (error: Error) => showFailure(error, t),
    );
  return (
    <Group component="li" justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
      <Box miw={0}>
        <UnstyledButton onClick={onOpen} c="var(--mantine-color-anchor)" fz="sm" fw={600} className="wrapped">
          {number}
        </UnstyledButton>{' '}
        <DocumentBadge status={status} />
        <Text size="xs" c="dimmed" component="div" className="wrapped">
          {[template && inLanguage(template.name, i18n.language), moneyText(gross, currency, i18n.language)]
            .filter(Boolean)
            .join(' · ')}
          {' · '}
          <Moment at={createdAt} span size="xs" />
        </Text>
        {voided && (
          <Text size="xs" className="wrapped">
            {voided.reason}
          </Text>
        )}
      </Box>
      <Menu position="bottom-end" shadow="md" trapFocus returnFocus>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('documents.more', { number })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('documents.more', { number })}>
          <Menu.Item leftSection={<IconFileText size={16} aria-hidden />} onClick={onOpen}>
            {t('documents.open')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void download('pdf')}>
            PDF
          </Menu.Item>
          {template?.formats.includes('docx') && (
            <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void download('docx')}>
              DOCX
            </Menu.Item>
          )}
          {children}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
