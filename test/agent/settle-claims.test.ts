/** What a session without a day book of its own tells of matches that commands have asked for beside it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settleClaims } from '../../src/agent/settle-claims.js';
import { withClaim } from '../../src/budget/claims.js';
import type { MatchClaim } from '../../src/budget/day-book.js';
import { dayPathOf } from '../../src/budget/day-file.js';
import { openDayKeeper } from '../../src/budget/day-keeper.js';
import { challenge } from '../../src/cli/commands/challenge-command.js';
import { terminalOf } from '../../src/cli/surroundings/surroundings.js';
import { fakeIo } from '../cli/surroundings/fake-surroundings.js';
import { startAgent } from '../kit/agent.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';

const lobbyUrl = 'ws://localhost:8001/ws/external/bot/b1';
const now = Date.UTC(2026, 0, 6, 12);
const limits = { matches: 20, lobbyMs: null };
const claim: MatchClaim = {
  claimId: 'c',
  kind: 'challenge',
  opponent: 'birch',
  at: now,
  voidAt: now + 165_000,
};

function settler() {
  const env = { HOME: makeFolder(), USERPROFILE: '' };
  env.USERPROFILE = env.HOME;
  const troubles: string[] = [];
  const options = {
    lobbyUrl,
    env,
    wallNow: () => now,
    onTrouble: (message: string) => void troubles.push(message),
  };
  const path = dayPathOf(lobbyUrl, env);
  const day = () => openDayKeeper({ path, isUsual: true, wallNow: () => now, onTrouble: options.onTrouble });
  const announce = {
    type: 'match.announced',
    matchId: 'm1',
    participantId: 'p',
    rated: true,
    resume: false,
  } as const;
  return { env, path, day, troubles, announce, claims: settleClaims(options) };
}

describe('a session that does not count its day', () => {
  it('counts the match of an open claim in its place', async () => {
    const { day, claims, announce, troubles } = settler();
    await day().change((book, at) => withClaim(book, claim, { limits, wallNow: at }) ?? book);
    claims.onEvent(announce);
    await claims.close();
    const book = await day().refresh();
    expect([book.claims, book.matches, troubles]).toEqual([
      [],
      [{ matchId: 'm1', kind: 'challenge', claim, at: now }],
      [],
    ]);
  });

  it('counts no match that nobody has asked for', async () => {
    const { day, claims, announce } = settler();
    await day().change((book) => ({ ...book, lobbyMs: 1 }));
    claims.onEvent(announce);
    await claims.close();
    expect((await day().refresh()).matches).toEqual([]);
  });

  it('makes no day book where there is none', async () => {
    const { env, path, claims, announce } = settler();
    claims.onEvent(announce);
    await claims.close();
    expect([existsSync(path), readdirSync(env.HOME)]).toEqual([false, []]);
  });
});

it('a challenge beside a plain session is settled when its match is announced', async () => {
  const { sandbox } = await openPlatform({ maxHands: 1 });
  const account = sandbox.addBot();
  const home = makeFolder();
  const env = { HOME: home, USERPROFILE: home };
  const { events, agent } = startAgent({ decide: () => ({ action: 'fold' }) }, account, {}, { env });
  await events.next('lobby.listening');
  const io = fakeIo({ ...env, CHIPZEN_EXTBOT_TOKEN: account.token });
  expect(await challenge('house', { url: account.lobbyUrl }, terminalOf(io))).toBe(0);
  const { matchId } = await events.next('match.announced');
  await agent.stop();
  const day = openDayKeeper({
    path: dayPathOf(account.lobbyUrl, env),
    wallNow: Date.now,
    onTrouble: () => undefined,
  });
  const { claims, matches } = await day.refresh();
  expect([claims, matches]).toMatchObject([[], [{ matchId, kind: 'house' }]]);
  expect(existsSync(join(home, '.chipzen'))).toBe(true);
});
