import { queryOptions } from '@tanstack/react-query';
import type { Language } from '../../../engine/model/contact.ts';
import { change, read } from './access.ts';

export interface ArticleText {
  title: Partial<Record<Language, string>>;
  /** Markdown. */
  body: Partial<Record<Language, string>>;
  topics: string[];
  status: 'draft' | 'published';
}

export interface Article extends ArticleText {
  key: string;
  updatedAt: string;
}

/** An article that may answer a ticket, in the language of its contact. */
export interface Suggestion {
  key: string;
  language: Language;
  title: string;
  body: string;
  why: { words: string[]; topic: boolean; helped: number; not: number };
  helped?: boolean;
}

export const articleList = (search: string, language: string) =>
  queryOptions({
    queryKey: ['articles', 'list', search, search === '' ? '' : language],
    queryFn: async ({ signal }) =>
      (await read<{ items: Article[] }>('/articles', search === '' ? {} : { search, language }, signal)).items,
  });

export const article = (key: string) =>
  queryOptions({
    queryKey: ['articles', key],
    queryFn: ({ signal }) => read<Article>(`/articles/${key}`, {}, signal),
  });

export const suggestions = (ticket: string) =>
  queryOptions({
    queryKey: ['tickets', ticket, 'suggestions'],
    queryFn: async ({ signal }) =>
      (await read<{ items: Suggestion[] }>(`/tickets/${ticket}/suggestions`, {}, signal)).items,
  });

export const saveArticle = (key: string, text: ArticleText) => change<Article>('PUT', `/articles/${key}`, text);

export const removeArticle = (key: string) => change<void>('DELETE', `/articles/${key}`);

export const markSuggestion = (ticket: string, key: string, helped: boolean) =>
  change<unknown>('PUT', `/tickets/${ticket}/suggestions/${key}`, { helped });
