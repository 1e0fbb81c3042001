import { expect, it } from 'vitest';
import { createPlatformClient } from '../../src/platform/index.js';
import { OptionError } from '../../src/protocol/errors.js';
import { openEndpoint } from './fake-endpoint.js';

const apiUrl = 'http://127.0.0.1:1';
const make = (options: object): unknown => createPlatformClient({ apiUrl, ...options });

it.each<[string, unknown]>([
  ['apiUrl', 5],
  ['apiUrl', ''],
  ['lobbyUrl', null],
  ['token', ''],
  ['token', 'with space'],
  ['token', 'secret\r\nX-More: 1'],
  ['token', 'x'.repeat(9_000)],
  ['accountToken', 'secr\u00e9t'],
  ['botId', ''],
  ['userAgent', ''],
  ['userAgent', 'bot\r\nX-More: 1'],
  ['recordPaceMs', -1],
  ['recordPaceMs', Number.NaN],
  ['timeoutMs', 0],
  ['timeoutMs', Infinity],
  ['maxBytes', 10],
  ['maxBytes', 5_000.5],
  ['onEvent', {}],
])('%s cannot be %j', (option, value) => {
  const refused = (): unknown => make({ [option]: value });
  expect(refused).toThrow(OptionError);
  expect(refused).toThrow(`The option ${option} must be`);
  expect(refused).not.toThrow('secr');
});

it('what is undefined has its default', () => {
  const names = [
    'lobbyUrl',
    'token',
    'accountToken',
    'botId',
    'userAgent',
    'recordPaceMs',
    'timeoutMs',
    'maxBytes',
  ];
  expect(make(Object.fromEntries(names.map((name) => [name, undefined])))).toMatchObject({ apiUrl });
});

it('the name of the program goes along', async () => {
  const { client, seen } = await openEndpoint({ body: { status: 'idle' } }, { userAgent: 'my-bot/1.0' });
  await client.queue.status();
  expect(seen[0]?.headers['user-agent']).toBe('my-bot/1.0');
});

it('a listener that throws ends no request', async () => {
  const onEvent = (): never => {
    throw new Error('of the listener');
  };
  const { client } = await openEndpoint({ body: { opponents: [5, {}] } }, { onEvent });
  expect(await client.challenges.opponents()).toEqual([]);
});
