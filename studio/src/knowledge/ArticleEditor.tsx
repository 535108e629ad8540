import { Button, Group, SimpleGrid, Stack, Switch, Tabs, TagsInput, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languages } from '../../../engine/model/contact.ts';
import { type ArticleText, removeArticle, saveArticle } from '../api/knowledge.ts';
import { Panel } from '../parts/Panel.tsx';
import { showFailure } from '../parts/show-failure.tsx';
import { useAsk } from '../parts/useAsk.tsx';
import { Markdown } from './Markdown.tsx';

export const newArticle: ArticleText = { title: {}, body: {}, topics: [], status: 'published' };

/** Both languages side by side with what they will look like. `known`: the key of an article that exists. */
export function ArticleEditor({ text, known }: { text: ArticleText; known?: string }) {
  const { t } = useTranslation();
  const [key, setKey] = useState(known ?? '');
  const [draft, setDraft] = useState<ArticleText>({
    title: text.title,
    body: text.body,
    topics: text.topics,
    status: text.status,
  });
  const { save, remove } = useArticle(key);
  const { ask, dialog } = useAsk();
  const set = (part: Partial<ArticleText>) => setDraft({ ...draft, ...part });
  return (
    <Stack
      component="form"
      maw={900}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(draft);
      }}
    >
      <SimpleGrid cols={{ base: 1, sm: known === undefined ? 2 : 1 }}>
        {known === undefined && (
          <TextInput
            required
            label={t('knowledge.key')}
            description={t('knowledge.keyHint')}
            placeholder="refund-terms"
            value={key}
            onChange={({ currentTarget }) => setKey(currentTarget.value)}
          />
        )}
        <TagsInput
          label={t('knowledge.topics')}
          description={t('knowledge.topicsHint')}
          value={draft.topics}
          onChange={(topics) => set({ topics })}
        />
      </SimpleGrid>
      {languages.map((language) => (
        <Texts key={language} language={language} draft={draft} onChange={set} />
      ))}
      <Group justify="space-between">
        <Switch
          label={t('knowledge.published')}
          description={t('knowledge.publishedHint')}
          checked={draft.status === 'published'}
          onChange={({ currentTarget }) => set({ status: currentTarget.checked ? 'published' : 'draft' })}
        />
        <Group>
          {known !== undefined && (
            <Button
              variant="default"
              onClick={() =>
                ask({
                  title: t('knowledge.remove'),
                  text: t('knowledge.removeWhat'),
                  action: t('knowledge.remove'),
                  dangerous: true,
                  onConfirm: () => remove.mutate(),
                })
              }
            >
              {t('knowledge.remove')}
            </Button>
          )}
          <Button type="submit" loading={save.isPending}>
            {t('knowledge.save')}
          </Button>
        </Group>
      </Group>
      {dialog}
    </Stack>
  );
}

interface TextsProps {
  language: Language;
  draft: ArticleText;
  onChange: (part: Partial<ArticleText>) => void;
}

function Texts({ language, draft, onChange }: TextsProps) {
  const { t } = useTranslation();
  const { title, body } = draft;
  const name = t(`language.${language}`);
  return (
    <Panel title={name}>
      <TextInput
        label={t('knowledge.title')}
        aria-label={`${t('knowledge.title')} (${name})`}
        value={title[language] ?? ''}
        onChange={({ currentTarget }) => onChange({ title: withText(title, language, currentTarget.value) })}
        mb="sm"
      />
      <Tabs defaultValue="write" keepMounted={false}>
        <Tabs.List mb="xs">
          <Tabs.Tab value="write">{t('knowledge.text')}</Tabs.Tab>
          <Tabs.Tab value="look" disabled={!body[language]}>
            {t('knowledge.preview')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="write">
          <Textarea
            aria-label={`${t('knowledge.text')} (${name})`}
            description={t('knowledge.markdown')}
            autosize
            minRows={6}
            maxRows={24}
            value={body[language] ?? ''}
            onChange={({ currentTarget }) => onChange({ body: withText(body, language, currentTarget.value) })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="look">
          <Markdown text={body[language] ?? ''} />
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}

/** An empty text is none. */
function withText(texts: ArticleText['title'], language: Language, text: string): ArticleText['title'] {
  const { [language]: _, ...others } = texts;
  return text === '' ? others : { ...others, [language]: text };
}

function useArticle(key: string) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const done = async (said: string) => {
    notifications.show({ message: t(said) });
    await queries.invalidateQueries({ queryKey: ['articles'] });
  };
  const onError = (error: Error) => showFailure(error, t);
  const save = useMutation({
    mutationFn: (draft: ArticleText) => saveArticle(key, draft),
    onSuccess: async () => {
      await done('knowledge.saved');
      await navigate({ to: '/knowledge/$key', params: { key }, replace: true });
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => removeArticle(key),
    onSuccess: async () => {
      await navigate({ to: '/knowledge' });
      await done('knowledge.removed');
    },
    onError,
  });
  return { save, remove };
}
