/** A real browser on the page, with nothing from outside. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/browser.js';
import { settle } from './settle.js';

/** Pictures of what the tests saw, where TEST_PICTURES asks for them (docs/testing.md); not committed. */
const artefacts = fileURLToPath(new URL('../../test-artefacts/dashboard/', import.meta.url));
const isPictured = Boolean(process.env.TEST_PICTURES);

export const sizes = {
  narrow: { width: 390, height: 844 },
  middle: { width: 1280, height: 900 },
  wide: { width: 1440, height: 1100 },
  broad: { width: 1920, height: 1080 },
} as const;
export const schemes = ['light', 'dark'] as const;

export async function launchBrowser(): Promise<Browser> {
  if (isPictured) mkdirSync(artefacts, { recursive: true });
  return launchChromium();
}

export interface Visit {
  page: Page;
  /** What went wrong in the page, refused by its own policy included. */
  troubles: string[];
  /** Where it asked for something else than its own server. */
  strangers: string[];
  /** Waits until nothing moves any more; keeps a picture of it where they are asked for. */
  picture(name: string): Promise<void>;
  /** Shows the page in this theme from now on. */
  turnTo(scheme: (typeof schemes)[number]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Pages that no test is at any more. The next test goes on with one of them: a page of its own is a process of its own, which takes
 * as long to start as most tests take. What a page knows is kept for each server apart, and the server is another one then.
 */
const idle = new WeakMap<Browser, Page[]>();

export async function visit(
  browser: Browser,
  url: string,
  size: keyof typeof sizes = 'wide',
  firstScheme: (typeof schemes)[number] = 'light',
): Promise<Visit> {
  let colorScheme = firstScheme;
  const page = idle.get(browser)?.pop() ?? (await (await browser.newContext()).newPage());
  await page.setViewportSize(sizes[size]);
  await page.emulateMedia({ colorScheme });
  const troubles: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) strangers.push(request.url());
  });
  await page.goto(url);
  return {
    page,
    troubles,
    strangers,
    async picture(name) {
      await settle(page);
      if (!isPictured) return;
      await page.screenshot({ path: `${artefacts}${name}-${size}-${colorScheme}.png`, fullPage: true });
    },
    async turnTo(scheme) {
      colorScheme = scheme;
      await page.emulateMedia({ colorScheme });
    },
    async close() {
      if (page.context().pages().length > 1) return page.context().close();
      page.removeAllListeners('pageerror').removeAllListeners('console').removeAllListeners('request');
      await page.unrouteAll();
      await page.evaluate('localStorage.clear(); sessionStorage.clear()');
      await page.goto('about:blank');
      idle.set(browser, [...(idle.get(browser) ?? []), page]);
    },
  };
}
