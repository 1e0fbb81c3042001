/** The page of an arena, opened from the disk in a real browser. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { arenaReport } from '../../src/arena/arena-report.js';
import { createRunTally } from '../../src/arena/run-tally.js';
import { pageFile } from '../../src/report/page-file.js';
import { violationsOn } from '../dashboard/accessibility.js';
import { launchBrowser, visit } from '../dashboard/browser.js';
import { makeFolder } from '../kit/folder.js';
import { houseTerms, playHouseBlock } from './arena-kit.js';

const builtPage = new URL('../../dist/report/page/report.html', import.meta.url);

let browser: Browser;
let url: string;
let text: string;

beforeAll(async () => {
  browser = await launchBrowser();
  const terms = houseTerms(['random', 'calling-station'], { details: true, pairs: 60, pairsPerBlock: 10 });
  const tally = createRunTally(terms);
  for (const block of [0, 1, 2, 3, 4, 5]) {
    const played = await playHouseBlock(terms, { block });
    tally.addTimes(played);
    tally.add(played.record);
  }
  const data = arenaReport(tally.result('complete', 1_000), Date.UTC(2026, 10, 28));
  text = pageFile(readFileSync(builtPage, 'utf8'), data);
});
beforeEach(() => {
  const file = join(makeFolder(), 'arena.html');
  writeFileSync(file, text);
  url = pathToFileURL(file).href;
});
afterAll(() => browser.close());

it.each([
  ['narrow', 'light'],
  ['narrow', 'dark'],
  ['middle', 'light'],
  ['middle', 'dark'],
] as const)('needs nothing from elsewhere, and can be read by everybody: %s, %s', async (size, scheme) => {
  const { page, troubles, strangers, picture, close } = await visit(browser, url, size, scheme);
  const isTooWide = () => page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
  await page.getByTestId('trail').locator('canvas').waitFor();
  await picture('arena');
  expect(await violationsOn(page)).toEqual([]);
  expect(await isTooWide()).toBe(false);
  for (const id of ['verdicts', 'position-0', 'ending-0', 'answered', 'times'])
    expect(await page.getByTestId(id).isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Hands', exact: true }).click();
  await page.getByTestId('player').waitFor();
  await picture('arena-hands');
  expect(await violationsOn(page)).toEqual([]);
  expect(await isTooWide()).toBe(false);
  await page.keyboard.press('End');
  await page
    .getByTestId('player')
    .locator('.said')
    .getByText(/ wins \d+/)
    .waitFor();
  expect({ troubles, strangers }).toEqual({ troubles: [], strangers: [] });
  await close();
});
