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

export async function visit(
  browser: Browser,
  url: string,
  size: keyof typeof sizes = 'wide',
  firstScheme: (typeof schemes)[number] = 'light',
): Promise<Visit> {
  let colorScheme = firstScheme;
  const context = await browser.newContext({ viewport: sizes[size], colorScheme });
  const page = await context.newPage();
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
    close: () => context.close(),
  };
}
