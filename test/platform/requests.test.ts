/** Single requests, and answers that are late, large, broken or lead elsewhere. */
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createPlatformClient } from '../../src/platform/index.js';
import { freePort } from '../kit/free-port.js';
import { botToken, openEndpoint } from './fake-endpoint.js';

const place = { status: 'idle' };
const status = 'GET /api/external-api/matchmaking/status';

describe('the token', () => {
  it('goes to the origin of the lobby, also for public records', async () => {
    const { client, seen, pass } = await openEndpoint({ body: { ...place, rating: 1 } });
    await client.queue.status();
    await pass(client.records.bot('b'));
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${botToken}`,
      `Bearer ${botToken}`,
    ]);
  });

  it('goes nowhere else: public records are read without, and the rest is refused', async () => {
    const { port, seen } = await openEndpoint({ body: { rating: 1 } });
    const { client, pass } = await openEndpoint({ body: {} }, { apiUrl: `http://127.0.0.1:${port}` });
    await expect(client.queue.status()).rejects.toMatchObject({ code: 'bad_option', option: 'apiUrl' });
    await expect(client.tokens.create()).rejects.toMatchObject({ code: 'bad_option' });
    expect(await pass(client.records.bot('b'))).toMatchObject({ rating: 1 });
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('is needed for what is not public, and for nothing else', async () => {
    const { client, seen, pass } = await openEndpoint({ body: { rating: 1 } }, { token: null });
    await expect(client.queue.join()).rejects.toMatchObject({ code: 'missing_token' });
    await pass(client.records.bot('b'));
    expect(seen.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/api/bots/b', undefined],
    ]);
  });

  it('that a server repeats is masked in what is read, and in errors', async () => {
    const raw = `{"total":1,"matches":[{"id":"${botToken.replace('z', '\\u007a')}","participants":[]}]}`;
    const { client, pass } = await openEndpoint({ raw });
    const { matches } = await pass(client.records.matchPage(1));
    expect(matches[0]?.matchId).toBe('[token]');
    const refusing = await openEndpoint({ status: 400, body: { error_code: 'BOT_001', message: botToken } });
    const error: unknown = await refusing.client.queue.join().catch((refused: unknown) => refused);
    expect(inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)).not.toContain(botToken);
  });

  it('is shown by nothing of the client', async () => {
    const { client } = await openEndpoint({ body: place });
    await client.queue.status();
    expect(inspect(client, { depth: 20, showHidden: true }) + JSON.stringify(client)).not.toContain(botToken);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with %i is not followed', async (code) => {
    const elsewhere = await openEndpoint({ body: place });
    const location = `http://127.0.0.1:${elsewhere.port}/`;
    const { client } = await openEndpoint({ status: code, headers: { location }, body: place });
    const error: unknown = await client.queue.status().catch((refused: unknown) => refused);
    expect(error).toMatchObject({ code: 'platform_answer', status: code });
    expect(String(error)).toContain('leads elsewhere');
    expect(elsewhere.seen).toEqual([]);
  });

  it('with a body without an end is not read', async () => {
    let gone = false;
    const { client, clock } = await openEndpoint((_one, response) => {
      response.on('close', () => {
        gone = true;
      });
      response.writeHead(302, { location: '/' });
      response.write('x');
      return undefined;
    });
    await expect(client.queue.status()).rejects.toMatchObject({ code: 'platform_answer' });
    await clock.rest();
    expect(gone).toBe(true);
  });
});

describe('an answer', () => {
  it.each([
    ['that never comes', () => undefined],
    ['that stops in its head', 'HTTP/1.1 200 OK\r\nContent-'],
    ['that stops in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"status":'],
  ])('%s is waited for 30 s, and its connection is left', async (_title, bytes) => {
    let gone = 0;
    const { client, clock, failure } = await openEndpoint((_one, response) => {
      response.socket?.on('close', () => {
        gone += 1;
      });
      if (typeof bytes === 'string') response.socket?.write(bytes);
      return undefined;
    });
    const begun = clock.now();
    const error = await failure(client.queue.status());
    expect(error).toMatchObject({ code: 'platform_unreachable', request: status });
    expect(error.message).toMatch(/gave no whole answer within 30 s/);
    expect(clock.now() - begun).toBe(30_000);
    await clock.rest();
    expect(gone).toBe(1);
  });

  it('that never comes takes no other one with it', async () => {
    let gone = 0;
    const { client, clock, failure, pass } = await openEndpoint(({ method }, response) => {
      response.socket?.on('close', () => {
        gone += 1;
      });
      if (method === 'POST') clock.setTimeout(() => response.end(JSON.stringify(place)), 20_000);
      return undefined;
    });
    const late = failure(client.queue.status());
    const joining = new Promise((resolve) => {
      clock.setTimeout(() => resolve(client.queue.join()), 15_000);
    });
    expect(await late).toMatchObject({ code: 'platform_unreachable' });
    expect(await pass(joining)).toMatchObject(place);
    await clock.rest();
    expect(gone).toBe(2);
  });

  it('that comes drop by drop has no more time than another', async () => {
    const { client, clock, failure } = await openEndpoint(
      (_one, response) => {
        response.writeHead(200);
        const drip = (): void => {
          if (response.destroyed) return;
          response.write(' ');
          clock.setTimeout(drip, 1_000);
        };
        drip();
        return undefined;
      },
      { timeoutMs: 5_000 },
    );
    expect(await failure(client.queue.status())).toMatchObject({ code: 'platform_unreachable' });
  });

  it.each([
    ['that breaks off', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"status":'],
    ['that is no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['that is empty', ''],
  ])('%s is none', async (_title, bytes) => {
    const { client } = await openEndpoint((_one, response) => {
      response.socket?.end(bytes);
      return undefined;
    });
    await expect(client.queue.status()).rejects.toMatchObject({ code: 'platform_unreachable' });
  });

  it.each([
    ['HTML', '<!doctype html><title>Chipzen</title>', 'is not JSON'],
    ['half of it', '{"status":"id', 'is not JSON'],
    ['not UTF-8', Buffer.from('{"status":"\xe9"}', 'latin1'), 'is not UTF-8'],
    ['a million values', `[${'0,'.repeat(1_000_001)}0]`, 'is not JSON that can be used'],
    ['nothing', '', 'is not an object'],
    ['a word', '"idle"', 'is not an object'],
  ])('with %s cannot be used', async (_title, raw, why) => {
    const { client } = await openEndpoint({ raw });
    const error: unknown = await client.queue.status().catch((refused: unknown) => refused);
    expect(error).toMatchObject({ code: 'platform_answer', status: 200 });
    expect(String(error)).toContain(why);
  });

  it.each([
    ['as it is', {}, (text: string) => text],
    ['of a small packet', { 'content-encoding': 'gzip' }, (text: string) => gzipSync(text)],
  ])('with more bytes than the limit cannot be used, %s', async (_title, headers, pack) => {
    const fill = (length: number) => JSON.stringify({ ...place, more: 'x'.repeat(length) });
    const options = { maxBytes: 100_000 };
    const fitting = await openEndpoint({ headers, raw: pack(fill(99_000)) }, options);
    expect(await fitting.client.queue.status()).toMatchObject(place);
    const larger = await openEndpoint({ headers, raw: pack(fill(100_000)) }, options);
    const error: unknown = await larger.client.queue.status().catch((refused: unknown) => refused);
    expect(error).toMatchObject({ code: 'platform_answer' });
    expect(String(error)).toContain('too large');
  });

  it('with an endless body is cut at the limit', async () => {
    const { client } = await openEndpoint((_one, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {}
      };
      response.on('drain', pour);
      response.writeHead(200);
      pour();
      return undefined;
    });
    await expect(client.queue.status()).rejects.toMatchObject({ code: 'platform_answer' });
  });

  it('with an error that is too large, or no JSON, is an error of its status all the same', async () => {
    const body = { error_code: 'BOT_001', message: 'x'.repeat(3_000) };
    const large = await openEndpoint({ status: 404, body }, { maxBytes: 1_024 });
    await expect(large.client.queue.status()).rejects.toMatchObject({ status: 404, errorCode: null });
    const edge = await openEndpoint({ status: 403, raw: 'error code: 1010' });
    await expect(edge.client.queue.status()).rejects.toMatchObject({ status: 403, errorCode: null });
  });
});

it('a server that is not there is told', async () => {
  const client = createPlatformClient({ apiUrl: `http://127.0.0.1:${await freePort()}`, token: botToken });
  const error: unknown = await client.queue.status().catch((refused: unknown) => refused);
  expect(error).toMatchObject({ code: 'platform_unreachable' });
  expect(String(error)).toMatch(/no answer from http:\/\/127\.0\.0\.1:\d+: connect ECONNREFUSED/);
});

describe('a call', () => {
  it('ends with its signal, before and while it is made', async () => {
    const { client, clock } = await openEndpoint(() => undefined);
    await expect(client.queue.status({ signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow(
      'early',
    );
    const leaving = new AbortController();
    const asking = client.queue.status({ signal: leaving.signal });
    await clock.rest();
    leaving.abort(new Error('late'));
    await expect(asking).rejects.toThrow('late');
    expect(clock.pending()).toBe(0);
  });

  it('ends when the client is closed, and so does every later one', async () => {
    const { client, clock } = await openEndpoint(() => undefined);
    const asking = [client.queue.status(), client.records.bot('a'), client.records.bot('b')];
    const ends = Promise.allSettled(asking);
    await clock.rest();
    client.close();
    const reasons = (await ends).map((end) =>
      end.status === 'rejected' ? (end.reason as Error).name : 'none',
    );
    expect(reasons).toEqual(['AbortError', 'AbortError', 'AbortError']);
    await expect(client.queue.join()).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.pending()).toBe(0);
  });

  it('leaves nothing behind at a signal that many share', async () => {
    const { client } = await openEndpoint({ body: place });
    const { signal } = new AbortController();
    const warnings: Error[] = [];
    const warn = (warning: Error): number => warnings.push(warning);
    process.on('warning', warn);
    await Promise.all(Array.from({ length: 20 }, () => client.queue.status({ signal })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });
});
