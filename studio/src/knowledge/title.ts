import type { ArticleText } from '../api/knowledge.ts';

/** The title in the reader's language, else in the one there is. */
export function shownTitle({ title }: Pick<ArticleText, 'title'>, language: string): string {
  return (language === 'ru' ? (title.ru ?? title.en) : (title.en ?? title.ru)) ?? '';
}
