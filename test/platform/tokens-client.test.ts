import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import type { NewTokenAnswer, TokensAnswer } from '../../src/platform/index.js';
import { alderId, botToken, openEndpoint } from './fake-endpoint.js';

const api = '/api/external-api';
const newToken = 'cz_extbot_ABCDEFGHIJabcdefghij0123456789zz';

/** As the document has it. */
const made: NewTokenAnswer = {
  token: newToken,
  token_prefix: 'cz_extbot',
  created_at: '2026-05-28T12:00:00Z',
  warning: 'Save it now.',
};

it('a new token is told, and shown by nothing', async () => {
  const { client, seen } = await openEndpoint({ status: 201, body: made });
  for (const token of [await client.tokens.create(), await client.tokens.rotate('t-1')]) {
    expect(token.token).toBe(newToken);
    expect(token).toMatchObject({ tokenId: null, createdAt: Date.UTC(2026, 4, 28, 12) });
    expect(inspect(token) + JSON.stringify(token)).not.toContain(newToken.slice(0, 20));
  }
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `POST ${api}/bots/${alderId}/tokens`,
    `POST ${api}/tokens/t-1/rotate`,
  ]);
});

it('tokens are listed without their texts, in an object or not', async () => {
  const rows: TokensAnswer['tokens'] = [
    { token_id: 't-1', token_prefix: 'cz_extbot', created_at: '2026-05-28T12:00:00Z', last_used_at: null },
    { token_id: 't-2' },
  ];
  const read = [
    { tokenId: 't-1', tokenPrefix: 'cz_extbot', createdAt: Date.UTC(2026, 4, 28, 12), lastUsedAt: null },
    { tokenId: 't-2', tokenPrefix: null, createdAt: null, lastUsedAt: null },
  ];
  for (const body of [{ tokens: rows }, rows]) {
    const { client, seen } = await openEndpoint({ body });
    expect(await client.tokens.list({ botId: 'other' })).toEqual(read);
    expect(seen[0]?.path).toBe(`${api}/bots/other/tokens`);
  }
});

it.each([
  ['without a body', { status: 204, raw: '' }],
  ['with one', { body: { token_id: 't-1', status: 'revoked' } }],
])('a token is revoked, %s', async (_title, answer) => {
  const { client, seen } = await openEndpoint(answer);
  expect(await client.tokens.revoke('t-1')).toBeUndefined();
  expect(seen.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['DELETE', `${api}/tokens/t-1`, ''],
  ]);
});

it('the login of the owner is used, where there is one', async () => {
  const accountToken = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvd25lciJ9.c2lnbmF0dXJlLW9mLWl0';
  const { client, seen } = await openEndpoint(
    { status: 401, body: { error_code: 'AUTH_001', message: `No ${accountToken}.` } },
    { accountToken },
  );
  const error = await client.tokens.list().catch((refused: unknown) => refused);
  expect(error).toMatchObject({ errorCode: 'AUTH_001' });
  expect(String(error)).toContain('No [token].');
  await expect(client.queue.status()).rejects.toThrow();
  expect(seen.map(({ headers }) => headers.authorization)).toEqual([
    `Bearer ${accountToken}`,
    `Bearer ${botToken}`,
  ]);
});

it('an answer without the token is none', async () => {
  const { client } = await openEndpoint({ body: { ...made, token: undefined } });
  await expect(client.tokens.create()).rejects.toMatchObject({ code: 'platform_answer' });
});

it('without a bot there is nothing to ask about', async () => {
  const { client, port } = await openEndpoint({ body: made }, {});
  expect(port).toBeGreaterThan(0);
  const other = await openEndpoint({ body: [] }, { lobbyUrl: `ws://127.0.0.1:${port}/ws/match/m/p` });
  await expect(other.client.tokens.list()).rejects.toMatchObject({ code: 'bad_option', option: 'botId' });
  expect(await client.tokens.create()).toBeDefined();
});
