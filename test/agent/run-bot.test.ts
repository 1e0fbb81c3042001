import { expect, it } from 'vitest';
import { runBot } from '../../src/agent/run-bot.js';
import { Action } from '../../src/holdem/action.js';
import { freePort } from '../kit/free-port.js';
import { say, startScriptedPlatform } from '../kit/scripted-platform.js';

const caller = { decide: () => Action.call() };
const token = 'a-token-of-this-match';

async function openTable() {
  const platform = await startScriptedPlatform();
  return { platform, url: `${platform.url}/ws/match/m1/p1` };
}

it('resolves to the last frame of the match', async () => {
  const { platform, url } = await openTable();
  const playing = runBot(url, caller, { token, ticket: null });
  (await platform.seat()).say(say.matchEnd());
  expect(await playing).toEqual(say.matchEnd());
});

it('resolves to null when the match is lost after it was reached, and dials no more often than it is told', async () => {
  const { platform, url } = await openTable();
  const playing = runBot(url, caller, { token, maxRetries: 0 });
  (await platform.seat()).drop();
  expect(await playing).toBeNull();
});

it('resolves to null when its signal cuts the match, also before it is reached', async () => {
  const { url } = await openTable();
  const signal = AbortSignal.abort();
  expect(await runBot(url, caller, { token, signal })).toBeNull();
});

it('rejects when nobody is there', async () => {
  const playing = runBot(`ws://127.0.0.1:${await freePort()}/ws/match/m1/p1`, caller, {
    token,
    maxRetries: 0,
  });
  await expect(playing).rejects.toMatchObject({
    name: 'MatchUnreachableError',
    code: 'match_unreachable',
    message: expect.stringMatching(/^The match was never reached\. The connection was lost \(.*ECONNREFUSED/),
    results: [{ matchId: 'm1', outcome: 'abandoned', abandonReason: 'reconnects_exhausted' }],
  });
});

it('rejects when the gateway does not take the bot', async () => {
  const { platform, url } = await openTable();
  const playing = runBot(url, caller, { token });
  (await platform.peer()).close(4001, 'auth_failed');
  await expect(playing).rejects.toMatchObject({
    code: 'match_unreachable',
    results: [{ abandonReason: 'refused' }],
  });
});
