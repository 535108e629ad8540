import type { Clock } from '../../config/clock.ts';

/** A request for a pixel or a link, as far as it tells a person from a machine. */
export interface Visit {
  method: string;
  /** `User-Agent`, '' without one. */
  agent: string;
  /** `Purpose`, `Sec-Purpose`, `X-Purpose` and `X-Moz`: what browsers that look ahead say of themselves. */
  purpose: string;
}

/** What was seen of the message before. */
export interface Past {
  /** Virtual epoch ms; absent while the message is still being handed over. */
  sentAt?: number;
  /** Clicks on the message's links, virtual epoch ms. */
  clicks: readonly { url: string; at: number }[];
}

/** Programs that look at links for people: mail filters, link previews, crawlers, command-line tools. */
const machines =
  /bot\b|bot\/|crawl|spider|scan|preview|monitor|barracuda|mimecast|proofpoint|safelinks|bitdefender|symantec|trendmicro|trend micro|fireeye|zscaler|sophos|fortinet|forcepoint|cloudmark|headless|phantomjs|curl\/|wget\/|python|java\/|go-http-client|okhttp|axios\/|node-fetch|undici|^node$|libwww|facebookexternalhit|whatsapp|telegram|slack|skype|viber/i;

/** No person reads a mail and clicks this soon after it was sent (real milliseconds). */
const tooSoon = 1_000;
/** Different links of one mail within this time (real milliseconds) are a machine's walk through it. */
const walk = 2_000;

/** Why a visit is taken for a machine's, or undefined for a person's. @param url of the link, for a click */
export function scannerOf(visit: Visit, past: Past, clock: Clock, url?: string): string | undefined {
  if (visit.method !== 'GET') return 'method';
  if (/prefetch|preview|prerender/i.test(visit.purpose)) return 'prefetch';
  // Apple's Mail Privacy Protection loads every picture under this name alone.
  if (visit.agent === '' || visit.agent === 'Mozilla/5.0') return 'agent';
  // Google's and Yahoo's proxies fetch a picture when the mail is opened.
  if (machines.test(visit.agent) && !/GoogleImageProxy|YahooMailProxy/.test(visit.agent)) return 'agent';
  if (url === undefined) return undefined;
  const now = clock.toReal(clock.now());
  if (past.sentAt === undefined || now - clock.toReal(past.sentAt) < tooSoon) return 'too-soon';
  if (past.clicks.some((click) => click.url !== url && now - clock.toReal(click.at) < walk)) return 'walk';
  return undefined;
}
