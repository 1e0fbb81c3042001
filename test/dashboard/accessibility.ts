import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { settle } from './settle.js';

/** What axe finds wrong with a page, contrast included, one line each. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Half a megabyte, which stays until the page is loaded anew.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  // A colour on its way to another one is not what the page is read in.
  await settle(page);
  const { violations } = await page.evaluate<axe.AxeResults>(
    // Nobody reads what was found to be right, for which axe would look up a selector of every element.
    "axe.run({ resultTypes: ['violations'], selectors: false })",
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
