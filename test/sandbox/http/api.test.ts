/** What holds for every request: paths, credentials, bodies, errors. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createHttpApi } from '../../../src/sandbox/http/api.js';
import { createFakePlatform } from './fake-platform.js';
import { api, type OpenHttp, openHttp, outcome } from './http-harness.js';

const house = `${api}/challenges/house-bot`;
const join = `${api}/matchmaking/join`;

let http: OpenHttp;

beforeEach(async () => {
  http = await openHttp();
  http.platform.add('a');
});
describe('paths', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/healthz/'],
    ['GET', '//healthz'],
    ['POST', `${api}/challenges`],
    ['POST', `${api}/challenges/remote/%E0%A4%A/accept`],
    ['POST', `${api}/challenges/remote//accept`],
    ['POST', `${api}/MATCHMAKING/join`],
    ['DELETE', `${api}/tokens/a/b`],
  ])('%s %s leads nowhere: 404', async (method, path) => {
    expect(outcome(await http.ask(method, path, { as: 'a' }))).toEqual({
      status: 404,
      code: 'REQUEST_NOT_FOUND',
    });
  });

  it.each([
    ['GET', house, 'POST'],
    ['PUT', `${api}/matchmaking/status`, 'GET'],
    ['OPTIONS', join, 'POST'],
    ['DELETE', `${api}/challenges/remote`, 'POST, GET'],
    ['GET', '/sandbox/bots', 'POST'],
  ])('%s %s is told which methods there are: 405', async (method, path, allow) => {
    const answer = await http.ask(method, path);
    expect(outcome(answer)).toEqual({ status: 405, code: 'REQUEST_METHOD_NOT_ALLOWED' });
    expect(answer.headers.get('allow')).toBe(allow);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('does not look at a query', async () => {
    expect((await http.get('/healthz?token=x#y')).status).toBe(200);
  });
});

describe('answers', () => {
  it('is JSON that nobody keeps, with a request id in its head that an error repeats', async () => {
    const good = await http.get('/healthz');
    const bad = await http.get('/nothing');
    for (const { headers } of [good, bad]) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
      });
    }
    expect(bad.body).toEqual({
      error_code: 'REQUEST_NOT_FOUND',
      message: 'There is nothing at this path.',
      request_id: bad.headers.get('x-request-id'),
    });
    expect(good.headers.get('x-request-id')).not.toBe(bad.headers.get('x-request-id'));
  });

  it('is a 500 without details for a defect, which the platform is told of', async () => {
    const defect = new Error('token-of-a leaked');
    http.platform.houseBots = () => {
      throw defect;
    };
    const answer = await http.post(house, { as: 'a' });
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ error_code: 'INTERNAL_001', message: 'The platform has a defect.' });
    expect(http.platform.faults).toEqual([defect]);
  });

  it('is a 503 once the requests are closed', async () => {
    http.closeApi();
    for (const path of ['/healthz', '/nothing', house]) {
      expect(outcome(await http.get(path))).toEqual({ status: 503, code: 'SANDBOX_CLOSED' });
    }
  });

  it('is a 503 for a request whose body was still on its way then', async () => {
    const half = http.raw(
      `POST ${join} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\n` +
        'content-type: application/json\r\ncontent-length: 2\r\n\r\n{',
    );
    await http.platform.timers.next();
    http.closeApi();
    half.socket.write('}');
    expect(await half.heard).toMatch(/^HTTP\/1.1 503 /);
  });
});

describe('the token', () => {
  it.each([
    ['is missing', undefined],
    ['is of nobody', 'Bearer token-of-nobody'],
    ['is no bearer', 'Basic token-of-a'],
    ['has a space', 'Bearer token-of-a x'],
    ['is empty', 'Bearer'],
  ])('that %s gets a 401 on every request of a bot', async (_why, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const requests = [
      ['POST', house],
      ['POST', join],
      ['GET', `${api}/matchmaking/status`],
      ['POST', `${api}/matchmaking/leave`],
      ['GET', `${api}/challenges/remote/opponents`],
      ['POST', `${api}/challenges/remote`],
      ['GET', `${api}/challenges/remote`],
      ['POST', `${api}/challenges/remote/x/accept`],
      ['POST', `${api}/challenges/remote/x/decline`],
    ] as const;
    for (const [method, path] of requests) {
      const answer = await http.ask(method, path, { headers });
      expect(outcome(answer)).toEqual({ status: 401, code: 'EXTAPI_INVALID_TOKEN' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('that cannot be one is not looked up', async () => {
    http.platform.botByToken = () => {
      throw new Error('It was looked up.');
    };
    for (const token of ['a'.repeat(513), 'a b', 'a"b', '']) {
      const headers = { authorization: `Bearer ${token}` };
      expect((await http.get(`${api}/matchmaking/status`, { headers })).status).toBe(401);
    }
  });

  it('is refused once it was revoked', async () => {
    expect((await http.get(`${api}/matchmaking/status`, { as: 'a' })).status).toBe(200);
    http.platform.revoked.add('tid-a');
    const answer = await http.get(`${api}/matchmaking/status`, { as: 'a' });
    expect(outcome(answer)).toEqual({ status: 401, code: 'EXTAPI_INVALID_TOKEN' });
  });

  it('is refused if it is revoked while the body is on its way', async () => {
    const half = http.raw(
      `POST ${join} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\nconnection: close\r\n` +
        'content-type: application/json\r\ncontent-length: 2\r\n\r\n{',
    );
    await http.platform.timers.next();
    http.platform.revoked.add('tid-a');
    half.socket.write('}');
    expect(await half.heard).toContain('EXTAPI_INVALID_TOKEN');
  });

  it('is refused when the body names another bot, as if it were wrong', async () => {
    http.platform.add('b');
    for (const path of [house, join, `${api}/matchmaking/leave`]) {
      const same = await http.post(path, { as: 'a', body: { bot_id: 'a' } });
      expect(same.status).toBe(200);
      const other = await http.post(path, { as: 'a', body: { bot_id: 'b' } });
      expect(outcome(other)).toEqual({ status: 401, code: 'EXTAPI_INVALID_TOKEN' });
    }
  });

  it('is in no answer, wherever it was sent', async () => {
    const secret = 'token-of-a';
    await http.get(`/${secret}`, { as: 'a' });
    await http.post(`${api}/challenges/remote/${secret}/accept`, { as: 'a' });
    await http.post(house, { as: 'a', body: { [secret]: 1 } });
    await http.post(house, { as: 'a', body: { opponent: secret } });
    await http.post(house, { as: 'a', text: secret });
    await http.post(house, { as: 'a', text: '{}', headers: { 'content-type': secret } });
    await http.ask('DELETE', `${api}/tokens/${secret}`, { as: 'a' });
    await http.post(`${api}/bots/${secret}/tokens`, { as: 'a' });
    await http.get(`${api}/matchmaking/status`, { headers: { authorization: `Bearer x${secret}` } });
    expect(http.answers).toHaveLength(9);
    expect(http.answers.filter((text) => text.includes(secret))).toEqual([]);
  });
});

describe('bodies', () => {
  const json = { 'content-type': 'application/json' };

  it.each([
    ['no body', {}],
    ['an empty body', { text: '', headers: json }],
    ['an empty object', { body: {} }],
    ['null for what may be left out', { body: { bot_id: null, opponent: null } }],
    ['a charset', { text: '{}', headers: { 'content-type': 'Application/JSON ; charset="UTF-8"' } }],
    ['white space and a byte order mark', { text: '\ufeff {} \n' }],
  ])('%s is good', async (_what, options) => {
    expect((await http.post(house, { as: 'a', ...options })).status).toBe(200);
  });

  it.each([
    ['half an object', '{"opponent":'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['two objects', '{}{}'],
    ['deep nesting', '['.repeat(8_000)],
    ['bytes that are not UTF-8', Uint8Array.from(Buffer.from('{"opponent":"\xff"}', 'latin1'))],
  ])('%s is a 400', async (_what, text) => {
    expect(outcome(await http.post(house, { as: 'a', text }))).toEqual({
      status: 400,
      code: 'REQUEST_BAD_JSON',
    });
  });

  it.each([
    ['an unknown field', { rated: true }],
    ['a number', { opponent: 1 }],
    ['an object', { opponent: {} }],
    ['an empty text', { opponent: '' }],
    ['a long text', { opponent: 'x'.repeat(129) }],
    ['a control character', { opponent: 'a\u0000b' }],
    ['an invisible character', { opponent: 'a\u200eb' }],
  ])('%s is a 422', async (_what, body) => {
    expect(outcome(await http.post(house, { as: 'a', body }))).toEqual({
      status: 422,
      code: 'REQUEST_BAD_FIELD',
    });
    expect(http.platform.started).toEqual([]);
  });

  it('a field named like a part of every object is an unknown one', async () => {
    for (const text of ['{"__proto__":{"opponent":"random"}}', '{"constructor":1}', '{"toString":"x"}']) {
      expect((await http.post(house, { as: 'a', text })).status).toBe(422);
    }
  });

  it.each([
    ['text/plain', {}],
    ['application/x-www-form-urlencoded', {}],
    ['application/json; charset=latin1', {}],
    ['application/jsonp', {}],
    ['text/json', {}],
    ['text/plain; application/json', {}],
    ['application/json', { 'content-encoding': 'gzip' }],
  ])('%s with %o is a 415: a web page could send it', async (type, headers) => {
    const answer = await http.post(house, {
      as: 'a',
      text: '{}',
      headers: { 'content-type': type, ...headers },
    });
    expect(outcome(answer)).toEqual({ status: 415, code: 'REQUEST_BAD_CONTENT_TYPE' });
  });

  it('has up to 16 KiB, and a byte more is a 413', async () => {
    const padded = (bytes: number) => `{}${' '.repeat(bytes - 2)}`;
    expect((await http.post(house, { as: 'a', text: padded(16_384) })).status).toBe(200);
    const tooLarge = await http.post(house, { as: 'a', text: padded(16_385) });
    expect(outcome(tooLarge)).toEqual({ status: 413, code: 'REQUEST_TOO_LARGE' });
    expect((await http.post(house, { as: 'a', text: padded(500_000) })).status).toBe(413);
  });

  it('may turn out to be empty', async () => {
    const head = `POST ${house} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\n`;
    const type = 'content-type: application/json\r\nconnection: close\r\n';
    const client = http.raw(`${head}${type}transfer-encoding: chunked\r\n\r\n0\r\n\r\n`);
    expect(await client.heard).toMatch(/^HTTP\/1.1 200 /);
  });

  it('is refused by its announced size alone', async () => {
    const head = `POST ${house} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\n`;
    const type = 'content-type: application/json\r\nconnection: close\r\n';
    const client = http.raw(`${head}${type}content-length: 16385\r\n\r\n`);
    expect(await client.heard).toMatch(/^HTTP\/1.1 413 /);
  });

  it('is counted when it comes in pieces of no announced size', async () => {
    const chunk = `1000\r\n${' '.repeat(0x1000)}\r\n`;
    const head = `POST ${house} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\n`;
    const type = 'content-type: application/json\r\nconnection: close\r\n';
    const client = http.raw(`${head}${type}transfer-encoding: chunked\r\n\r\n${chunk.repeat(5)}0\r\n\r\n`);
    expect(await client.heard).toMatch(/^HTTP\/1.1 413 /);
  });

  it('that never stops is cut off', async () => {
    const chunk = `10000\r\n${' '.repeat(0x1_0000)}\r\n`;
    const head = `POST ${house} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\n`;
    const client = http.raw(`${head}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`);
    for (let sent = 0; sent < 32; sent += 1) client.socket.write(chunk);
    await client.heard;
    expect(client.socket.destroyed).toBe(true);
  });

  it('that does not come is a 408 after its time, and the connection ends', async () => {
    const head = `POST ${house} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\n`;
    const client = http.raw(`${head}content-type: application/json\r\ncontent-length: 2\r\n\r\n{`);
    expect(await http.platform.timers.next()).toBe(5_000);
    http.clock.advance(5_000);
    expect(await client.heard).toMatch(/^HTTP\/1.1 408 [^]*REQUEST_TIMEOUT/);
    expect(http.clock.pending()).toBe(0);
  });

  it('of a client that hangs up is forgotten without a word', async () => {
    const head = `POST ${house} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\n`;
    const client = http.raw(`${head}content-type: application/json\r\ncontent-length: 2\r\n\r\n{`);
    await http.platform.timers.next();
    client.socket.destroy();
    expect(await http.platform.cancelled.next()).toBe(5_000);
    // The answer, if there were one, would have been made by the time of this one.
    expect((await http.get('/healthz')).status).toBe(200);
    expect(http.platform.faults).toEqual([]);
    expect(http.platform.started).toEqual([]);
  });

  it('has no place in a request that asks for something', async () => {
    const client = http.raw(
      `GET ${api}/matchmaking/status HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-of-a\r\n` +
        'connection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}',
    );
    expect(await client.heard).toMatch(/^HTTP\/1.1 422 /);
  });

  it('is not read without a token', async () => {
    const client = http.raw(
      `POST ${house} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n` +
        'content-type: application/json\r\ncontent-length: 2\r\n\r\n',
    );
    expect(await client.heard).toMatch(/^HTTP\/1.1 401 /);
    expect(http.platform.timers.all).toEqual([]);
  });
});

describe('limits', () => {
  it.each([
    ['maxBodyBytes', 0],
    ['queueTtlMs', 2 ** 31],
    ['maxLiveMatches', 1.5],
    ['challengeTtlMs', Number.NaN],
    ['maxOutboundChallenges', '5'],
    ['surprise', 5],
  ])('names the limit %s when it cannot be used', (limit, value) => {
    expect(() => createHttpApi(createFakePlatform(), { [limit]: value })).toThrow(
      expect.objectContaining({ code: 'bad_option', option: limit }) as Error,
    );
  });
});
