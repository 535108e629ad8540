import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Product } from './product.ts';

/** Flags made for a sandbox of another kind, which take away what a reader's browser has. */
const unwanted = /single-process|disable-web-security|allow-running-insecure|in-process-gpu/;

/** Chromium from the packages; another one where VORONKA_TEST_CHROMIUM names it. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.VORONKA_TEST_CHROMIUM;
  return await chromium.launch({
    executablePath: own && existsSync(own) ? own : await sparticuz.executablePath(),
    args: sparticuz.args.filter((flag) => !unwanted.test(flag)),
  });
}

export interface Reader {
  language?: 'en' | 'ru';
  theme?: 'light' | 'dark';
  width?: number;
  /** Comes without a key when false. */
  withKey?: boolean;
}

/** A person at the studio: a browser profile of its own. */
export async function reader(
  browser: Browser,
  { url, key }: Product,
  { language = 'en', theme = 'light', width = 1280, withKey = true }: Reader = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: 900 },
    colorScheme: theme,
    locale: language,
    timezoneId: 'Europe/Moscow',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20_000);
  if (withKey) {
    // A mail is shown in a frame that has no storage.
    const content = `if (window.top === window) localStorage.setItem('voronka.key', ${JSON.stringify(key)})`;
    await context.addInitScript({ content });
  }
  return context;
}

/** Everything that went wrong in a page by itself: exceptions, and what the content security policy refused. */
export function troubles(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(message.text());
  });
  return found;
}
