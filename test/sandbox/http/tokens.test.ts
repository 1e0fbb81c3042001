import { beforeEach, describe, expect, it } from 'vitest';
import { isLocalCaller } from '../../../src/sandbox/http/local-caller.js';
import { api, type OpenHttp, openHttp, outcome } from './http-harness.js';

describe('bots and tokens', () => {
  let http: OpenHttp;

  beforeEach(async () => {
    http = await openHttp({ maxBots: 3, maxTokensPerBot: 2 });
    http.platform.add('a');
    http.platform.add('b');
  });
  const minted = (name: string) => ({
    bot_id: 'minted',
    name,
    token: 'token-of-minted',
    token_id: 'tid-minted',
    lobby_url: 'ws://127.0.0.1:1/ws/external/bot/minted',
  });

  describe('POST /sandbox/bots', () => {
    it.each([
      ['of a name', { body: { name: 'Ann' } }, 'Ann'],
      ['without one', { body: {} }, 'bot-1'],
      ['without a body', {}, 'bot-1'],
    ])('makes a bot %s and tells its token', async (_what, options, name) => {
      const { status, body } = await http.post('/sandbox/bots', options);
      expect({ status, body }).toEqual({ status: 201, body: minted(name) });
      expect((await http.get(`${api}/matchmaking/status`, { as: 'minted' })).status).toBe(200);
    });

    it.each([{ name: '' }, { name: 'x'.repeat(65) }, { name: 7 }, { name: 'taken' }, { bot_id: 'mine' }])(
      '422 REQUEST_BAD_FIELD for %o',
      async (body) => {
        expect(outcome(await http.post('/sandbox/bots', { body }))).toEqual({
          status: 422,
          code: 'REQUEST_BAD_FIELD',
        });
      },
    );

    it('409 SANDBOX_LIMIT_REACHED when there are enough', async () => {
      http.platform.add('c');
      expect(outcome(await http.post('/sandbox/bots'))).toEqual({
        status: 409,
        code: 'SANDBOX_LIMIT_REACHED',
      });
    });
  });

  describe('POST /bots/{bot_id}/tokens', () => {
    const path = `${api}/bots/a/tokens`;

    it.each([
      ['a token of the same bot', { as: 'a' }],
      ['being on this machine', {}],
    ])('makes another token, by %s', async (_why, options) => {
      const { status, body } = await http.post(path, options);
      expect({ status, body }).toEqual({
        status: 201,
        body: {
          token: 'token-2',
          token_prefix: 'cz_extbot',
          created_at: '2023-11-14T22:13:20.000Z',
          warning: 'Keep this token now: it is not shown again.',
          token_id: 'tid-2',
          bot_id: 'a',
        },
      });
    });

    it('401 EXTAPI_INVALID_TOKEN for a token of another bot, a wrong or a revoked one', async () => {
      http.platform.revokeToken('tid-a');
      for (const as of ['a', 'b', 'nobody']) {
        expect(outcome(await http.post(path, { as }))).toEqual({ status: 401, code: 'EXTAPI_INVALID_TOKEN' });
      }
      expect(http.platform.liveTokens('a')).toEqual([]);
    });

    it('404 SANDBOX_BOT_NOT_FOUND for a bot that is not there', async () => {
      expect(outcome(await http.post(`${api}/bots/x/tokens`))).toEqual({
        status: 404,
        code: 'SANDBOX_BOT_NOT_FOUND',
      });
    });

    it('409 SANDBOX_LIMIT_REACHED for a bot that has enough, until one is revoked', async () => {
      await http.post(path);
      expect(outcome(await http.post(path))).toEqual({ status: 409, code: 'SANDBOX_LIMIT_REACHED' });
      await http.ask('DELETE', `${api}/tokens/tid-2`);
      expect((await http.post(path)).status).toBe(201);
    });
  });

  describe('GET /bots/{bot_id}/tokens', () => {
    it('lists those that are not revoked, and never a token itself', async () => {
      await http.post(`${api}/bots/a/tokens`);
      const { status, body } = await http.get(`${api}/bots/a/tokens`, { as: 'a' });
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          tokens: [
            // When a token of an older state file was made is not known.
            { token_id: 'tid-a', token_prefix: 'cz_extbot' },
            { token_id: 'tid-2', token_prefix: 'cz_extbot', created_at: '2023-11-14T22:13:20.000Z' },
          ],
        },
      });
      await http.ask('DELETE', `${api}/tokens/tid-a`);
      expect((await http.get(`${api}/bots/a/tokens`)).body).toMatchObject({
        tokens: [{ token_id: 'tid-2' }],
      });
    });

    it('is for the bot itself, and for a bot that there is', async () => {
      expect(outcome(await http.get(`${api}/bots/a/tokens`, { as: 'b' })).code).toBe('EXTAPI_INVALID_TOKEN');
      expect(outcome(await http.get(`${api}/bots/x/tokens`)).code).toBe('SANDBOX_BOT_NOT_FOUND');
    });
  });

  describe('POST /tokens/{token_id}/rotate', () => {
    it('replaces a token, also when the bot has as many as it may', async () => {
      await http.post(`${api}/bots/a/tokens`);
      const { status, body } = await http.post(`${api}/tokens/tid-a/rotate`, { as: 'a' });
      expect({ status, body }).toEqual({
        status: 201,
        body: {
          token: 'token-3',
          token_prefix: 'cz_extbot',
          created_at: '2023-11-14T22:13:20.000Z',
          warning: 'Keep this token now: it is not shown again.',
          token_id: 'tid-3',
          bot_id: 'a',
        },
      });
      expect([...http.platform.revoked]).toEqual(['tid-a']);
      expect(http.platform.liveTokens('a').map(({ tokenId }) => tokenId)).toEqual(['tid-2', 'tid-3']);
    });

    it('404 SANDBOX_TOKEN_NOT_FOUND for one that is revoked, of another bot, or not there', async () => {
      await http.ask('DELETE', `${api}/tokens/tid-a`);
      for (const [tokenId, options] of [
        ['tid-a', {}],
        ['tid-a', { as: 'b' }],
        ['nothing', {}],
      ] as const) {
        expect(outcome(await http.post(`${api}/tokens/${tokenId}/rotate`, options))).toEqual({
          status: 404,
          code: 'SANDBOX_TOKEN_NOT_FOUND',
        });
      }
      expect(http.platform.liveTokens('a')).toEqual([]);
    });
  });

  describe('DELETE /tokens/{token_id}', () => {
    it.each([
      ['with a token of its bot, itself included', { as: 'a' }],
      ['from this machine, as often as it likes', {}],
    ])('revokes a token %s', async (_who, options) => {
      const { status, body } = await http.ask('DELETE', `${api}/tokens/tid-a`, options);
      expect({ status, body }).toEqual({ status: 200, body: { token_id: 'tid-a', status: 'revoked' } });
      expect([...http.platform.revoked]).toEqual(['tid-a']);
      expect((await http.ask('DELETE', `${api}/tokens/tid-a`)).status).toBe(200);
    });

    it('404 SANDBOX_TOKEN_NOT_FOUND for one of another bot as for one that is not there', async () => {
      const missing = await http.ask('DELETE', `${api}/tokens/nothing`, { as: 'b' });
      const foreign = await http.ask('DELETE', `${api}/tokens/tid-a`, { as: 'b' });
      expect(outcome(missing)).toEqual({ status: 404, code: 'SANDBOX_TOKEN_NOT_FOUND' });
      expect({ ...foreign.body, request_id: 0 }).toEqual({ ...missing.body, request_id: 0 });
      expect(http.platform.revoked.size).toBe(0);
    });
  });

  describe('a caller without a token', () => {
    const foreign: [string, Record<string, string>][] = [
      ['a page of another site', { origin: 'https://evil.example' }],
      ['a page without an origin', { origin: 'null' }],
      ['a page of another port of this machine', { origin: 'http://127.0.0.1:1' }],
      ['a browser that says so', { 'sec-fetch-site': 'cross-site' }],
      ['a page under another name of this machine', { host: 'evil.example:8001' }],
      ['a proxy', { 'x-forwarded-for': '127.0.0.1' }],
      ['another proxy', { via: '1.1 proxy' }],
    ];

    it.each(foreign)('that is %s changes nothing', async (_who, headers) => {
      const fields = Object.entries({ host: '127.0.0.1', ...headers }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      for (const [line, code] of [
        ['POST /sandbox/bots', '403'],
        [`POST ${api}/bots/a/tokens`, '401'],
        [`POST ${api}/tokens/tid-a/rotate`, '401'],
        [`GET ${api}/bots/a/tokens`, '401'],
        [`DELETE ${api}/tokens/tid-a`, '401'],
      ]) {
        const head = [`${line} HTTP/1.1`, ...fields, 'connection: close', 'content-length: 0', '', ''];
        expect(await http.raw(head.join('\r\n')).heard).toMatch(new RegExp(`^HTTP/1.1 ${code} `));
      }
      expect(http.platform.bots()).toHaveLength(2);
      expect(http.platform.liveTokens('a')).toHaveLength(1);
    });

    const request = (remoteAddress: string | undefined, headers: Record<string, string>) =>
      ({ socket: { remoteAddress }, headers }) as unknown as Parameters<typeof isLocalCaller>[0];

    it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('is let through from %s', (address) => {
      expect(isLocalCaller(request(address, { host: 'localhost:8001' }))).toBe(true);
      expect(isLocalCaller(request(address, { host: '[::1]:8001', origin: 'http://[::1]:8001' }))).toBe(true);
    });

    it.each(['10.0.0.1', '::ffff:10.0.0.1', '127.0.0.1.evil', 'fe80::1', '', undefined])(
      'is turned away from %s',
      (address) => {
        expect(isLocalCaller(request(address, { host: 'localhost:8001' }))).toBe(false);
      },
    );
  });
});
