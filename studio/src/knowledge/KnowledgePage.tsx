import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBook2, IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Article, articleList } from '../api/knowledge.ts';
import { Failure } from '../parts/Failure.tsx';
import { Moment } from '../parts/Moment.tsx';
import { moveFocus } from '../parts/move-focus.ts';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { useSearchText } from '../parts/useSearchText.ts';
import { shownTitle } from './title.ts';

const route = getRouteApi('/knowledge');

/** The knowledge base: what agents may answer with. */
export function KnowledgePage() {
  const { t, i18n } = useTranslation();
  const { search: text = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const search = useSearchText(text, (value) => void navigate({ search: { search: value }, replace: true }));
  const list = useQuery({ ...articleList(text, i18n.language), placeholderData: keepPreviousData });
  return (
    <>
      <PageHead title={t('nav.knowledge')} note={t('knowledge.note')}>
        <Button component={Link} to="/knowledge/new" leftSection={<IconPlus size={16} aria-hidden />}>
          {t('knowledge.write')}
        </Button>
      </PageHead>
      <TextInput
        type="search"
        mb="md"
        maw={420}
        aria-label={t('knowledge.search')}
        placeholder={t('knowledge.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        {...search}
      />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && (
        <Nothing
          icon={IconBook2}
          title={t(text === '' ? 'knowledge.empty' : 'knowledge.notFound')}
          hint={t(text === '' ? 'knowledge.emptyHint' : 'knowledge.notFoundHint')}
        />
      )}
      <Stack component="nav" gap={4} className="rows" aria-label={t('nav.knowledge')} onKeyDown={moveFocus}>
        {list.data?.map((article) => (
          <Line key={article.key} article={article} />
        ))}
      </Stack>
    </>
  );
}

function Line({ article }: { article: Article }) {
  const { t, i18n } = useTranslation();
  return (
    <Link to="/knowledge/$key" params={{ key: article.key }} className="row">
      <Group justify="space-between" gap="xs">
        <Text fw={600} className="wrapped">
          {shownTitle(article, i18n.language)}
        </Text>
        <Group gap="xs">
          {article.status === 'draft' && (
            <Badge tt="none" color="gray" variant="light">
              {t('knowledge.draft')}
            </Badge>
          )}
          {article.topics.map((topic) => (
            <Badge key={topic} tt="none" variant="light">
              {t(`topic.${topic}`, topic)}
            </Badge>
          ))}
          <Text size="xs" c="dimmed">
            {Object.keys(article.body).join(', ').toUpperCase()}
          </Text>
          <Moment at={article.updatedAt} c="dimmed" size="xs" />
        </Group>
      </Group>
    </Link>
  );
}
