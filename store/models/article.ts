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
  /** Marks by topic (`''`: tickets without one): what helped before ranks higher. */
  feedback: Record<string, { helped: number; not: number }>;
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
    feedback: { type: Schema.Types.Mixed, default: {} },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'articles', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ updatedAt: 1 });

export const Articles = model<ArticleDoc>('Article', schema);
