import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with a page, contrast included, one line each. */
export async function violationsOn(page: Page): Promise<string[]> {
  // Half a megabyte, which stays until the page is loaded anew.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
