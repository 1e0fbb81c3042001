/** Two processes of one bot: the newer one has the lobby, and no match is cut or played twice. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startCommand } from '../kit/built-command.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { shortGame } from '../kit/short-game.js';

const bot = join('examples', 'calling-station.js');

it('a second version takes over from the first, and each is killed without a match being lost', async () => {
  const HOME = makeFolder();
  // The pace of the platform: a match takes seconds.
  const { sandbox, event } = await openPlatform({ ...shortGame, maxHands: 8, speed: 1 });
  const { botId, token, lobbyUrl } = sandbox.addBot();
  const env = { HOME, CHIPZEN_EXTBOT_TOKEN: token };
  const start = (...flags: string[]) => startCommand(['run', bot, '--url', lobbyUrl, ...flags], env);

  const first = start();
  await first.wrote('online, waiting for matches');
  const { matchId } = await sandbox.dispatch(botId);
  await first.wrote('started');
  const second = start('--handover');
  await second.wrote('online, waiting for matches');
  expect(second.written()).toMatch(
    /process \d+ has left the lobby for this session, and plays 1 match to the end/,
  );
  expect(first.written()).toContain('has the lobby now; live matches go on here');

  // Killed within its first minute: the first one is back, and has not lost its match.
  second.kill();
  await first.wrote('is gone: back to the lobby');
  const third = start('--handover');
  await third.wrote('still plays it');
  // Killed in the middle of its match: the third one plays it to the end.
  first.kill();
  await third.wrote('resumed');
  const ended = await event('match.ended');
  expect([ended.matchId, ended.end.reason]).toEqual([matchId, 'complete']);
  third.interrupt();
  expect(await third.code()).toBe(0);
  // Sockets of the killed ones are taken away by the next that starts.
  expect(readdirSync(join(HOME, '.chipzen', 'run')).length).toBeLessThanOrEqual(1);
});
