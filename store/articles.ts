import type { Marks } from '../engine/knowledge/rank.ts';
import { type ArticleDoc, type ArticleMarkDoc, ArticleMarks, Articles } from './models/article.ts';

export async function listArticles(status?: ArticleDoc['status']): Promise<ArticleDoc[]> {
  return await Articles.find(status === undefined ? {} : { status })
    .sort({ _id: 1 })
    .lean<ArticleDoc[]>();
}

export async function findArticle(key: string): Promise<ArticleDoc | null> {
  return await Articles.findById(key).lean<ArticleDoc>();
}

/** Creates an article or replaces all that it says. `now`: virtual epoch ms. */
export async function saveArticle(
  article: Omit<ArticleDoc, 'createdAt' | 'updatedAt'>,
  now: number,
): Promise<ArticleDoc | null> {
  const { _id, ...fields } = article;
  const at = new Date(now);
  return await Articles.findByIdAndUpdate(
    _id,
    { $set: { ...fields, updatedAt: at }, $setOnInsert: { createdAt: at } },
    { upsert: true, returnDocument: 'after' },
  ).lean<ArticleDoc>();
}

/** @returns whether there was one */
export async function removeArticle(key: string): Promise<boolean> {
  const { deletedCount } = await Articles.deleteOne({ _id: key });
  await ArticleMarks.deleteMany({ article: key });
  return deletedCount > 0;
}

/** One mark per article and ticket: a second one replaces the first. */
export async function markArticle(mark: Omit<ArticleMarkDoc, '_id'>): Promise<void> {
  await ArticleMarks.updateOne({ _id: `${mark.article}/${mark.ticketId}` }, { $set: mark }, { upsert: true });
}

/** Marks of a ticket by article. */
export async function marksOfTicket(ticketId: string): Promise<Map<string, boolean>> {
  const marks = await ArticleMarks.find({ ticketId }).lean<ArticleMarkDoc[]>();
  return new Map(marks.map(({ article, helped }) => [article, helped]));
}

/** How each article fared, by article and topic. */
export async function allMarks(): Promise<Map<string, Record<string, Marks>>> {
  const tallies = await ArticleMarks.aggregate<{
    _id: { article: string; topic: string; helped: boolean };
    count: number;
  }>([{ $group: { _id: { article: '$article', topic: '$topic', helped: '$helped' }, count: { $sum: 1 } } }]);
  const found = new Map<string, Record<string, Marks>>();
  for (const { _id, count } of tallies) {
    const topics = found.get(_id.article) ?? {};
    const marks = topics[_id.topic] ?? { helped: 0, not: 0 };
    marks[_id.helped ? 'helped' : 'not'] += count;
    topics[_id.topic] = marks;
    found.set(_id.article, topics);
  }
  return found;
}
