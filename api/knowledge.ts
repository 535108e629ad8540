import { ArticleIndex } from '../engine/knowledge/rank.ts';
import { allMarks, listArticles } from '../store/articles.ts';
import type { ArticleDoc } from '../store/models/article.ts';

/** Published articles as they were at one moment. */
export interface Shelf {
  index: ArticleIndex;
  articles: ReadonlyMap<string, ArticleDoc>;
}

/** Other API processes write too: after so many real milliseconds the articles are read again. */
const freshMs = 3_000;

/** The knowledge base, indexed: the database has no text index, and a few hundred articles are ready in milliseconds. */
export class Knowledge {
  #latest: { shelf: Promise<Shelf>; at: number } | undefined;

  async shelf(): Promise<Shelf> {
    const at = performance.now();
    if (this.#latest === undefined || at - this.#latest.at > freshMs) this.#latest = { shelf: readShelf(), at };
    try {
      return await this.#latest.shelf;
    } catch (error) {
      this.#latest = undefined;
      throw error;
    }
  }

  /** After a change of one's own, which is to be seen at once. */
  forget(): void {
    this.#latest = undefined;
  }
}

async function readShelf(): Promise<Shelf> {
  const [articles, marks] = await Promise.all([listArticles('published'), allMarks()]);
  const index = new ArticleIndex(
    articles.map(({ _id, ...rest }) => ({ ...rest, key: _id, marks: marks.get(_id) ?? {} })),
  );
  return { index, articles: new Map(articles.map((article) => [article._id, article])) };
}
