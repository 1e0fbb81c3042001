import { expect, it } from 'vitest';
import { connectToPlatform } from '../../src/agent/connect-to-platform.js';
import { afterTest } from '../kit/after-test.js';
import { goOnline } from '../kit/client.js';
import { openPlatform } from '../kit/platform.js';

const token = 'cz_extbot_0123456789abcdefghijABCDEFGHIJ';

it('finds bot, token and address where an agent finds them', async () => {
  const { sandbox } = await openPlatform();
  const bot = sandbox.addBot({ name: 'alder' });
  await goOnline(bot);
  const path = '/x/chipzen.toml';
  const client = connectToPlatform({
    config: { path, token: bot.token, url: bot.lobbyUrl, botId: null },
    processEnv: {},
  });
  afterTest(() => client.close());
  expect(client.apiUrl).toBe(sandbox.url.replace(/^ws/, 'http'));
  expect(await client.queue.status()).toMatchObject({ status: 'idle' });
  // The bot is that of the lobby.
  expect(await client.tokens.create()).toMatchObject({ token: expect.any(String) });
});

it.each([
  ['prod', 'https://chipzen.ai'],
  ['staging', 'https://staging.chipzen.ai'],
  ['local', 'http://localhost:8001'],
] as const)('asks %s at %s', (env, apiUrl) => {
  expect(connectToPlatform({ botId: 'b', env, token, config: null, processEnv: {} }).apiUrl).toBe(apiUrl);
});

it('refuses what an agent refuses', () => {
  const refuse = (options: object) => () => connectToPlatform({ config: null, processEnv: {}, ...options });
  expect(refuse({ botId: 'b' })).toThrow(/There is no token/);
  expect(refuse({ token })).toThrow(/There is no bot id/);
  expect(refuse({ token, botId: 'b', apiUrl: 'ftp://x' })).toThrow(/apiUrl is not an address/);
  expect(refuse({ token, url: 'ws://elsewhere.test/ws/external/bot/b' })).toThrow(/unencrypted/);
});
