import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Breaches of WCAG 2.2 A and AA that axe sees in a page, each with the element. The mail in its frame is not ours. */
export async function breaches(page: Page): Promise<string[]> {
  // Colours that are still on their way to another are not what a reader is left with.
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().filter((each) => each instanceof CSSTransition).map((each) => each.finished))',
  );
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, { iframes: false, runOnly: ${JSON.stringify(standard)} })`,
  );
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
