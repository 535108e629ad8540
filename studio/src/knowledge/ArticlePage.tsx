import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { article as articleQuery } from '../api/knowledge.ts';
import { BackLink } from '../parts/BackLink.tsx';
import { Failure } from '../parts/Failure.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PageSkeleton } from '../parts/PageSkeleton.tsx';
import { ArticleEditor, newArticle } from './ArticleEditor.tsx';
import { shownTitle } from './title.ts';

const route = getRouteApi('/knowledge/$key');

/** One article to read and to write; `new` is a blank one. */
export function ArticlePage() {
  const { t, i18n } = useTranslation();
  const { key } = route.useParams();
  const blank = key === 'new';
  const { data, error, isPending, refetch } = useQuery({ ...articleQuery(key), enabled: !blank });
  if (!blank && isPending) return <PageSkeleton />;
  return (
    <>
      <BackLink to="/knowledge" />
      <PageHead title={data ? shownTitle(data, i18n.language) : t('knowledge.write')} note={data?.key} />
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {blank && <ArticleEditor text={newArticle} />}
      {data && <ArticleEditor key={data.updatedAt} text={data} known={data.key} />}
    </>
  );
}
