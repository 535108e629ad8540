import { model, Schema } from 'mongoose';
import type { Language } from '../../engine/model/contact.ts';

/** An article of the knowledge base. Bodies are Markdown. */
export interface ArticleDoc {
  /** Key, e.g. `refund-terms`. */
  _id: string;
  title: Partial<Record<Language, string>>;
  body: Partial<Record<Language, string>>;
  /** Topics of tickets that it helps with. */
  topics: string[];
  status: 'draft' | 'published';
  createdAt: Date;
  updatedAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    title: { type: Schema.Types.Mixed, required: true },
    body: { type: Schema.Types.Mixed, required: true },
    topics: { type: [String], default: [] },
    status: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'articles', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ updatedAt: 1 });

export const Articles = model<ArticleDoc>('Article', schema);

/** Whether an article helped with a ticket, as somebody of the company marked it: what helped before ranks higher. */
export interface ArticleMarkDoc {
  /** `article/ticket`: the latest mark counts. */
  _id: string;
  article: string;
  ticketId: string;
  /** Of the ticket; '' without one. */
  topic: string;
  helped: boolean;
  by: string;
  at: Date;
}

const markSchema: Schema = new Schema(
  {
    _id: String,
    article: { type: String, required: true },
    ticketId: { type: String, required: true },
    topic: { type: String, default: '' },
    helped: { type: Boolean, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { collection: 'article_marks', strict: 'throw', versionKey: false },
);
markSchema.index({ ticketId: 1 });

export const ArticleMarks = model<ArticleMarkDoc>('ArticleMark', markSchema);
