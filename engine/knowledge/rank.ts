import MiniSearch, { type SearchResult } from 'minisearch';
import { type Language, languages } from '../model/contact.ts';
import { stems } from './words.ts';

/** How an article fared in tickets of one topic. */
export interface Marks {
  helped: number;
  not: number;
}

/** What the ranking knows of an article. */
export interface RankedArticle {
  key: string;
  title: Partial<Record<Language, string>>;
  body: Partial<Record<Language, string>>;
  topics: readonly string[];
  /** By topic of the ticket; `""` holds those of tickets without one. */
  marks: Readonly<Record<string, Marks>>;
}

/** What is looked for: a ticket's subject and first message, or what somebody typed. */
export interface Question {
  text: string;
  topic?: string;
  language: Language;
}

export interface Suggestion {
  key: string;
  /** The language of the article that is shown: the question's where there is one. */
  language: Language;
  score: number;
  /** Why it stands where it stands. */
  why: {
    /** Words of the question that the article has, as stems. */
    words: string[];
    /** It is written for the question's topic. */
    topic: boolean;
    /** Marks that count, those of the topic before all others. */
    helped: number;
    not: number;
  };
}

interface Page {
  id: string;
  key: string;
  language: Language;
  title: string;
  body: string;
}

/** Marks are weighed against so many imagined ones, half of them good: a single mark moves little. */
const priorMarks = 4;
/** An article for the ticket's own topic counts this much more. */
const topicFactor = 1.5;
/** What an article of the topic scores that shares no word with the question. */
const topicOnly = 0.1;
/** Words of a long letter that are looked at, from the beginning. */
const maxWords = 200;

/**
 * Finds articles by text (BM25 over stems, titles counting double), topic and what helped before. Pure: built anew when the
 * articles change.
 */
export class ArticleIndex {
  readonly #articles: ReadonlyMap<string, RankedArticle>;
  readonly #search: MiniSearch<Page>;

  constructor(articles: readonly RankedArticle[]) {
    this.#articles = new Map(articles.map((article) => [article.key, article]));
    this.#search = new MiniSearch<Page>({
      fields: ['title', 'body'],
      storeFields: ['key', 'language'],
      tokenize: stems,
      processTerm: (term) => term,
      searchOptions: { boost: { title: 2 }, combineWith: 'OR' },
    });
    this.#search.addAll(articles.flatMap(pagesOf));
  }

  /** Answers for a ticket, the best first. */
  suggest(question: Question, limit = 5): Suggestion[] {
    const words = [...new Set(stems(question.text))].slice(0, maxWords);
    const found = this.#search.search(words.join(' '), { tokenize: (text) => text.split(' ').filter(Boolean) });
    const best = new Map<string, Suggestion>();
    for (const hit of found) this.#keep(best, hit.key, hit.language, hit.score, hit.terms, question);
    for (const article of this.#articles.values()) {
      if (best.has(article.key) || !isAbout(article, question.topic)) continue;
      const language = languageOf(article, question.language);
      if (language !== undefined) this.#keep(best, article.key, language, topicOnly, [], question);
    }
    return [...best.values()].sort(better).slice(0, limit);
  }

  /** What somebody types: every word must be there, the last may be unfinished, and a long one may hold a slip. */
  find(text: string, language: Language, limit = 50): Suggestion[] {
    const options = {
      combineWith: 'AND' as const,
      prefix: (_term: string, index: number, terms: string[]) => index === terms.length - 1,
      fuzzy: (term: string) => (term.length > 4 ? 0.2 : false),
    };
    const best = new Map<string, Suggestion>();
    const found: SearchResult[] = this.#search.search(text, options);
    for (const hit of found) this.#keep(best, hit.key, hit.language, hit.score, hit.terms, { text, language });
    return [...best.values()].sort(better).slice(0, limit);
  }

  #keep(
    best: Map<string, Suggestion>,
    key: string,
    language: Language,
    text: number,
    words: string[],
    question: Question,
  ): void {
    const article = this.#articles.get(key);
    if (article === undefined) return;
    const { helped, not } = marksFor(article, question.topic);
    const topic = isAbout(article, question.topic);
    const score = text * (topic ? topicFactor : 1) * esteem(helped, not);
    const before = best.get(key);
    if (before && (before.language === question.language || language !== question.language)) {
      before.score = Math.max(before.score, score);
      return;
    }
    const shown = before ? Math.max(before.score, score) : score;
    best.set(key, { key, language, score: shown, why: { words, topic, helped, not } });
  }
}

/**
 * A factor between 0.5 and 1.5: one without marks has 1. The share of good marks with a prior (the mean of a beta
 * distribution that begins with `priorMarks` marks, half of them good).
 */
function esteem(helped: number, not: number): number {
  return 0.5 + (helped + priorMarks / 2) / (helped + not + priorMarks);
}

/** The topic's own marks count whole, those of other topics a quarter. */
function marksFor({ marks }: RankedArticle, topic: string | undefined): Marks {
  const sum: Marks = { helped: 0, not: 0 };
  for (const [of, { helped, not }] of Object.entries(marks)) {
    const weight = of === (topic ?? '') ? 1 : 0.25;
    sum.helped += helped * weight;
    sum.not += not * weight;
  }
  return sum;
}

function isAbout({ topics }: RankedArticle, topic: string | undefined): boolean {
  return topic !== undefined && topics.includes(topic);
}

function languageOf({ body }: RankedArticle, wanted: Language): Language | undefined {
  return body[wanted] === undefined ? languages.find((language) => body[language] !== undefined) : wanted;
}

function pagesOf({ key, title, body }: RankedArticle): Page[] {
  return languages.flatMap((language) => {
    const text = body[language];
    return text === undefined
      ? []
      : [{ id: `${key}/${language}`, key, language, title: title[language] ?? '', body: text }];
  });
}

/** The key decides between equals, so that the order is always the same. */
function better(one: Suggestion, other: Suggestion): number {
  return other.score - one.score || (one.key < other.key ? -1 : 1);
}
