import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { packageRoot } from '../../config/root.ts';
import type { Product } from './product.ts';

/** Flags made for a sandbox of another kind, which take away what a reader's browser has. */
const unwanted = /single-process|disable-web-security|allow-running-insecure|in-process-gpu/;
const folder = join(packageRoot, '.data', 'tools', 'chromium');

/** Chromium from the packages; another one where VORONKA_TEST_CHROMIUM names it. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.VORONKA_TEST_CHROMIUM;
  if (own) return await chromium.launch({ executablePath: own, args: ['--no-sandbox'] });
  const { executablePath, args } = await packaged();
  try {
    return await chromium.launch({ executablePath, args });
  } catch (error) {
    // Perhaps it was unpacked only in part: the next run begins anew.
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * The package unpacks into the folder for temporary files, and with the libraries that slim systems lack only where it
 * believes itself in a lambda function.
 */
async function packaged(): Promise<{ executablePath: string; args: string[] }> {
  const { TMPDIR, AWS_EXECUTION_ENV } = process.env;
  mkdirSync(folder, { recursive: true });
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'nodejs20.x' });
  try {
    const { default: sparticuz } = await import('@sparticuz/chromium');
    const args = sparticuz.args.filter((flag) => !unwanted.test(flag));
    return { executablePath: await sparticuz.executablePath(), args };
  } finally {
    restore('TMPDIR', TMPDIR);
    restore('AWS_EXECUTION_ENV', AWS_EXECUTION_ENV);
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
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
