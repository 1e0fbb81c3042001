import { type Browser, chromium } from 'playwright-core';
import { requireProgram } from './verify/programs.mjs';

/** This machine's Chromium or Chrome without a window, and without a word to anybody outside. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: requireProgram('chromium'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
