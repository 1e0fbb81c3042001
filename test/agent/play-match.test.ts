import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playMatch } from '../../src/agent/play-match.js';

describe('a known match whose caller wants it no longer while its bot is loaded', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chipzen-run-bot-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(['worker', 'process'] as const)('is cut at once, with isolation %s', async (isolate) => {
    const file = join(folder, 'bot.mjs');
    // It never gets as far as its export.
    writeFileSync(file, 'await new Promise((resolve) => setTimeout(resolve, 600_000)); export default 1;');
    const aborted = new AbortController();
    const playing = playMatch(
      'ws://127.0.0.1:9/ws/match/m1/p1',
      { module: file },
      {
        token: 'a-token-of-this-match',
        isolate,
        signal: aborted.signal,
      },
    );
    aborted.abort();
    expect(await playing).toMatchObject({ outcome: 'abandoned', abandonReason: 'cut' });
  });
});
