/** The file of a report, opened from the disk in a real browser. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCollection } from '../../src/histories/collection/read-collection.js';
import { createReport } from '../../src/report/create-report.js';
import { pageFile } from '../../src/report/page-file.js';
import { violationsOn } from '../dashboard/accessibility.js';
import { launchBrowser, visit } from '../dashboard/browser.js';
import { makeFolder } from '../kit/folder.js';
import { linesOf, scriptMatch, writeFiles } from '../kit/recorded-match.js';

const answers = [50, 75, 30, 20, 60, 5, 88, 40, 15, 72, 33, 10, 66, 81, 25];
const builtPage = new URL('../../dist/report/page/report.html', import.meta.url);

describe('the file of a report', () => {
  let browser: Browser;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    folder = makeFolder();
    const matches = join(folder, 'matches');
    const played = ['m1', 'm2'].map((matchId, index) =>
      scriptMatch({
        matchId,
        answers,
        seed: matchId,
        stacks: [9_000, 9_000],
        names: ['us', '<img src=x onerror=document.title=1>'],
        startedAt: Date.UTC(2026, 10, 27 + index),
      }),
    );
    writeFiles(
      matches,
      Object.fromEntries(played.map(({ matchId, records }) => [`${matchId}.jsonl`, linesOf(records)])),
    );
    const report = createReport({ title: 'My matches', madeAt: Date.UTC(2026, 10, 28) });
    for await (const match of readCollection([matches])) report.add(match);
    const file = join(folder, 'report.html');
    writeFileSync(file, pageFile(readFileSync(builtPage, 'utf8'), report.data()));
    url = pathToFileURL(file).href;
  });
  afterAll(() => browser.close());

  it.each([
    ['narrow', 'light'],
    ['middle', 'dark'],
  ] as const)('needs nothing from elsewhere, and can be read by everybody: %s, %s', async (size, scheme) => {
    const { page, troubles, strangers, picture, close } = await visit(browser, url, size, scheme);
    const isTooWide = () => page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    await page.getByTestId('gains').locator('canvas').waitFor();
    await picture('report');
    expect(await violationsOn(page)).toEqual([]);
    expect(await isTooWide()).toBe(false);
    await page.getByRole('button', { name: 'Hands', exact: true }).click();
    await page.getByTestId('player').waitFor();
    await picture('report-hands');
    expect(await violationsOn(page)).toEqual([]);
    expect(await isTooWide()).toBe(false);
    expect(await page.title()).toBe('My matches');
    expect({ troubles, strangers }).toEqual({ troubles: [], strangers: [] });
    await close();
  });

  it('is played with the keyboard, and a hand of it saved as a file that opens as well', async () => {
    const { page, troubles, close } = await visit(browser, `${url}#hands.1.4`, 'middle');
    const player = page.getByTestId('player');
    await player.getByRole('heading', { name: /^Hand 5/ }).waitFor();
    await page.keyboard.press('ArrowRight');
    await player
      .locator('[aria-current=step]')
      .getByText(/raises|bets|calls|folds|checks/)
      .waitFor();
    await page.keyboard.press('End');
    await player
      .locator('.said')
      .getByText(/ wins \d+/)
      .waitFor();
    await page.keyboard.press('n');
    await player.getByRole('heading', { name: /^Hand 6/ }).waitFor();
    await page.keyboard.press('b');
    const biggest = await player.getByRole('heading').innerText();

    const save = async (name: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        player.getByRole('button', { name, exact: true }).click(),
      ]);
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      return path;
    };
    expect(readFileSync(await save('PokerStars text'), 'utf8')).toMatch(/^PokerStars Hand #\d+/);
    const shared = await visit(browser, pathToFileURL(await save('HTML')).href, 'middle');
    await shared.page.getByTestId('player').getByRole('heading', { name: biggest }).waitFor();
    await shared.page.getByRole('heading', { name: '1 hand', exact: true }).waitFor();
    expect([...troubles, ...shared.troubles, ...shared.strangers]).toEqual([]);
    await shared.close();
    await close();
  });
});
