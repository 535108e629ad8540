import type { Router } from 'express';
import type { Clock } from '../config/clock.ts';
import type { Logger } from '../config/log.ts';
import type { WebhookSource } from '../config/webhooks.ts';
import type { DocumentMaker } from '../delivery/documents/maker.ts';
import type { LiveLibrary } from '../delivery/library.ts';
import type { Queues } from '../delivery/queues.ts';
import type { Acceptance } from './acceptance.ts';
import type { Forecasts } from './forecast/forecasts.ts';
import type { Knowledge } from './knowledge.ts';
import type { LiveFeed } from './live.ts';

/** What the API is made of; `createApi` adds the acceptance, the knowledge base, the forecasts and the feed of changes. */
export interface ApiSettings {
  apiKeys: readonly string[];
  clock: Clock;
  queues: Queues;
  library: LiveLibrary;
  documents: DocumentMaker;
  log: Logger;
  /** Address under which contacts reach this installation; https switches HSTS on. */
  publicUrl: string;
  /** Who may send webhooks. */
  webhooks?: readonly WebhookSource[];
  /** Built studio; absent or empty: the API alone. */
  studioFolder?: string;
  /** Routes for contacts, outside /api: opens, clicks, unsubscribing. */
  publicRouters?: readonly Router[];
  /** Most form submissions per address and minute. */
  formsPerMinute?: number;
  /** The compiled script of the thread that learns what deals come to; default: the one that is built. */
  forecastScript?: URL;
  /** Answers whether everything needed is there, for /readyz. */
  ready?: () => Promise<void>;
}

export interface ApiDeps extends ApiSettings {
  acceptance: Acceptance;
  knowledge: Knowledge;
  forecasts: Forecasts;
  live: LiveFeed;
}
