import type { Json } from '../json.ts';
import type { ContactMoney } from './money.ts';

export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

export const purposes = ['marketing', 'transactional'] as const;
export type Purpose = (typeof purposes)[number];

export const languages = ['en', 'ru'] as const;
export type Language = (typeof languages)[number];

/** `unknown` means nobody asked; marketing needs `granted`. */
export type Consent = 'granted' | 'withdrawn' | 'unknown';

export type ScoreClass = 'cold' | 'warm' | 'hot';

export interface Score {
  fit: number;
  engagement: number;
  total: number;
  class: ScoreClass;
}

/** Why a channel of a contact may not be used at all, whatever the purpose. */
export type SuppressionReason = 'bounced' | 'complained' | 'invalid' | 'manual';

/** The contact as decisions see it: `contact` in conditions. Own attributes live under `attributes`. */
export interface ContactView {
  id: string;
  email?: string;
  phone?: string;
  firstName?: string;
  lastName?: string;
  company?: string;
  language: Language;
  /** IANA zone; absent when unknown. */
  timezone?: string;
  /** Key of the user who owns the contact. */
  owner?: string;
  attributes: Record<string, Json>;
  score: Score;
  segments: string[];
  /** Marketing consent by channel. */
  consent: Record<Channel, Consent>;
  suppressed: Partial<Record<Channel, SuppressionReason>>;
  /** Sticky arms of splits: `process/step` → arm. */
  arms: Record<string, string>;
  /** Absent: nothing was ordered or paid. */
  money?: ContactMoney;
  /** Epoch milliseconds. */
  createdAt: number;
}
