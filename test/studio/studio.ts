import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser, type Reader, reader } from './browser.ts';
import { type Product, startProduct } from './product.ts';

/** The running product with what a test file needs in it, and a browser that opens its pages. */
export interface Studio<T> {
  readonly product: Product;
  readonly seeded: T;
  /** A page of the studio, in a browser profile of its own. */
  open(path: string, who?: Reader): Promise<Page>;
}

/** Starts both for all tests of a file, and ends them after the last. */
export function useStudio<T>(seed: (product: Product) => Promise<T>): Studio<T> {
  const contexts: BrowserContext[] = [];
  let running: { product: Product; browser: Browser; seeded: T } | undefined;
  let product: Product | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    product = await startProduct();
    const [opened, seeded] = await Promise.all([openBrowser(), seed(product)]);
    browser = opened;
    running = { product, browser, seeded };
  }, 180_000);

  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser?.close();
    await product?.stop();
  });

  const started = () => {
    if (running === undefined) throw new Error('the studio has not started yet');
    return running;
  };
  return {
    get product() {
      return started().product;
    },
    get seeded() {
      return started().seeded;
    },
    async open(path, who = {}) {
      const context = await reader(started().browser, started().product, who);
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
  };
}
