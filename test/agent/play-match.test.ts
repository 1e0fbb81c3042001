import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { playMatch } from '../../src/agent/play-match.js';
import type { CollectedMatch } from '../../src/histories/collection/collected-match.js';
import { readCollection } from '../../src/histories/collection/read-collection.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import { goOnline } from '../kit/client.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';

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

describe('a known match that is recorded', () => {
  it('has its recording and its result, and is read as any other', async () => {
    const folder = makeFolder();
    const { sandbox } = await openPlatform({ maxHands: 4 });
    const me = sandbox.addBot();
    const lobby = await goOnline(me);
    await sandbox.dispatch(me.botId);
    const matched = await lobby.until('matched');
    const [matchId, participantId] = [String(matched['match_id']), String(matched['participant_id'])];
    const caller = {
      decide: ({ validActions }: GameState) =>
        validActions.includes('check') ? Action.check() : Action.call(),
    };
    const result = await playMatch(`${sandbox.url}/ws/match/${matchId}/${participantId}`, caller, {
      token: me.token,
      record: { folder, label: 'uploaded' },
    });
    const matches: CollectedMatch[] = [];
    for await (const match of readCollection([folder])) matches.push(match);
    expect(matches).toMatchObject([
      {
        matchId,
        participantId,
        header: {
          label: 'uploaded',
          played: { hash: null, why: 'The bot was given as code, not as a file.' },
        },
        result: { netChips: result.netChips },
        netChips: result.netChips,
        refused: [],
      },
    ]);
    expect(matches[0]?.hands).toHaveLength(4);
    expect(matches[0]?.decisions).toHaveLength(result.turns);
    expect(readFileSync(join(folder, `${matchId}.jsonl`), 'utf8')).not.toContain(me.token);
  });
});
