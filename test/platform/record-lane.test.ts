/** The pace of requests for records, and what happens when the platform wants fewer. */
import { describe, expect, it } from 'vitest';
import { type FakeAnswer, type FakeScript, openEndpoint } from './fake-endpoint.js';

const refusal: FakeAnswer = { status: 429, body: { error_code: 'RATE_001', message: 'Slow down.' } };
const bot: FakeAnswer = { body: { rating: 1500 } };
/** Refuses so many times first. */
const refuse = (times: number, answer: FakeAnswer = refusal): FakeScript => {
  let left = times;
  return () => {
    left -= 1;
    return left >= 0 ? answer : bot;
  };
};

describe('requests for records', () => {
  it('go out one after the other, 1.5 s apart', async () => {
    const { client, seen, pass } = await openEndpoint(bot);
    await pass(Promise.all(['a', 'b', 'c'].map((id) => client.records.bot(id))));
    expect(seen.map(({ path, at }) => [path, at])).toEqual([
      ['/api/bots/a', 0],
      ['/api/bots/b', 1_500],
      ['/api/bots/c', 3_000],
    ]);
  });

  it('have the pace that is given, from the end of one to the beginning of the next', async () => {
    const { client, clock, seen, pass } = await openEndpoint(
      (one, response) => {
        if (one.path !== '/api/bots/slow') return bot;
        clock.setTimeout(() => response.end('{}'), 5_000);
        return undefined;
      },
      { recordPaceMs: 3_000 },
    );
    await pass(Promise.all(['slow', 'b'].map((id) => client.records.bot(id))));
    expect(seen.map(({ at }) => at)).toEqual([0, 8_000]);
  });

  it.each([
    ['two days, which would be for ever', '172800', 900_000],
    ['a moment that is over', 'Tue, 01 Jan 2019 00:00:00 GMT', 30_000],
    ['no more than it says', '7', 7_000],
  ])('pause as long as a join is told to: %s', async (_what, after, pauseMs) => {
    const { client, seen, pass, failure } = await openEndpoint(({ method }) =>
      method === 'POST' ? { ...refusal, headers: { 'retry-after': after } } : bot,
    );
    await failure(client.queue.join());
    await pass(client.records.bot('a'));
    expect(seen[1]?.at).toBe(pauseMs);
  });

  it('wait for nothing that is not of their kind', async () => {
    const { client, seen, pass } = await openEndpoint({ body: { status: 'idle', rating: 1 } });
    await pass(Promise.all([client.records.bot('a'), client.queue.status(), client.queue.status()]));
    expect(seen.map(({ at }) => at)).toEqual([0, 0, 0]);
  });

  it('wait as often and as long as the options say', async () => {
    const { client, seen, failure } = await openEndpoint(refusal, { recordBackOffMs: [1_000, 9_000] });
    expect(await failure(client.records.bot('a'))).toMatchObject({ errorCode: 'RATE_001' });
    expect(seen.map(({ at }) => at)).toEqual([0, 1_500, 10_500]);
  });

  it('pass the gate that programs share, and tell it how long it stays closed', async () => {
    const told: unknown[] = [];
    const { client, pass } = await openEndpoint(refuse(1), {
      recordGate: {
        enter: async (signal) => void told.push(['enter', signal.aborted]),
        close: (ms) => void told.push(ms),
      },
    });
    await pass(client.records.bot('a'));
    expect(told).toEqual([['enter', false], 30_000, 1_500, ['enter', false], 1_500]);
  });

  it('that are given up in the queue let nobody past', async () => {
    const { client, seen, pass } = await openEndpoint(bot);
    const leaving = new AbortController();
    const first = client.records.bot('a');
    const given = client.records.bot('b', { signal: leaving.signal });
    const third = client.records.bot('c');
    leaving.abort(new Error('not any more'));
    await expect(given).rejects.toThrow('not any more');
    await pass(Promise.all([first, third]));
    expect(seen.map(({ path, at }) => [path, at])).toEqual([
      ['/api/bots/a', 0],
      ['/api/bots/c', 1_500],
    ]);
  });
});

describe('a refusal with RATE_001', () => {
  it('is waited out for 30, 60 and 120 s, which is told', async () => {
    const { client, seen, events, pass } = await openEndpoint(refuse(3));
    expect(await pass(client.records.bot('a'))).toMatchObject({ rating: 1500 });
    expect(seen.map(({ at }) => at)).toEqual([0, 30_000, 90_000, 210_000]);
    expect(events).toEqual(
      [30_000, 60_000, 120_000].map((ms) => ({
        type: 'platform.waiting',
        request: 'GET /api/bots/a',
        why: 'rate_limited',
        ms,
        message: expect.stringMatching(/^RATE_001: Too many requests/),
      })),
    );
  });

  it('is an error the fourth time', async () => {
    const { client, seen, failure } = await openEndpoint(refuse(4));
    expect(await failure(client.records.bot('a'))).toMatchObject({ errorCode: 'RATE_001' });
    expect(seen).toHaveLength(4);
  });

  it.each([
    ['429', 429],
    ['whatever status', 403],
  ])('counts with %s', async (_title, status) => {
    const { client, seen, pass } = await openEndpoint(refuse(1, { ...refusal, status }));
    await pass(client.records.bot('a'));
    expect(seen.map(({ at }) => at)).toEqual([0, 30_000]);
  });

  it('is waited out as long as the platform says, if that is longer', async () => {
    const wait = (seconds: string): FakeScript =>
      refuse(1, { ...refusal, headers: { 'retry-after': seconds } });
    const longer = await openEndpoint(wait('300'));
    await longer.pass(longer.client.records.bot('a'));
    expect(longer.seen.map(({ at }) => at)).toEqual([0, 300_000]);
    const shorter = await openEndpoint(wait('2'));
    await shorter.pass(shorter.client.records.bot('a'));
    expect(shorter.seen.map(({ at }) => at)).toEqual([0, 30_000]);
  });

  it('is an error at once where the platform wants more than a quarter of an hour', async () => {
    const { client, failure } = await openEndpoint({ ...refusal, headers: { 'retry-after': '901' } });
    expect(await failure(client.records.bot('a'))).toMatchObject({ retryAfterMs: 901_000 });
  });

  it('holds up everything that waits for its turn', async () => {
    const { client, seen, pass } = await openEndpoint(refuse(1));
    await pass(Promise.all([client.records.bot('a'), client.records.bot('b')]));
    expect(seen.map(({ path, at }) => [path, at])).toEqual([
      ['/api/bots/a', 0],
      ['/api/bots/a', 30_000],
      ['/api/bots/b', 31_500],
    ]);
  });

  it.each([
    ['30 s', {}, 30_000],
    ['as long as the platform says', { 'retry-after': '10' }, 10_000],
  ])('of another request holds up the records for %s, too', async (_title, headers, ms) => {
    const { client, seen, pass } = await openEndpoint(({ path }) =>
      path.endsWith('join') ? { ...refusal, headers } : bot,
    );
    await expect(client.queue.join()).rejects.toMatchObject({ errorCode: 'RATE_001' });
    await pass(client.records.bot('a'));
    expect(seen.map(({ at }) => at)).toEqual([0, ms]);
  });

  it('ends with the signal', async () => {
    const { client, events, clock, failure } = await openEndpoint(refusal);
    const leaving = new AbortController();
    const asking = client.records.bot('a', { signal: leaving.signal });
    const left = failure(asking);
    clock.setTimeout(() => leaving.abort(new Error('enough')), 40_000);
    expect((await left).message).toBe('enough');
    expect(events).toHaveLength(2);
  });
});

describe('another refusal', () => {
  it('for too many requests is waited out as long as it says, by seconds or a date on its own clock', async () => {
    for (const headers of [
      { 'retry-after': '5' },
      { 'retry-after': 'Tue, 06 Jan 2026 12:00:05 GMT', date: 'Tue, 06 Jan 2026 12:00:00 GMT' },
    ]) {
      const { client, seen, pass } = await openEndpoint(refuse(1, { status: 429, body: {}, headers }));
      await pass(client.records.bot('a'));
      expect(seen.map(({ at }) => at)).toEqual([0, 5_000]);
    }
  });

  it.each([
    ['no time', {}],
    ['no length of it', { 'retry-after': '0' }],
    ['a time that is over', { 'retry-after': 'Tue, 01 Jan 2019 00:00:00 GMT' }],
    ['a negative one', { 'retry-after': '-5' }],
  ])('for too many requests with %s is treated as RATE_001', async (_what, headers) => {
    const { client, seen, pass } = await openEndpoint(refuse(1, { status: 429, body: {}, headers }));
    await pass(client.records.bot('a'));
    expect(seen.map(({ at }) => at)).toEqual([0, 30_000]);
  });

  it.each([500, 502, 503, 504])('with %i is tried again after 1, 3 and 9 s', async (status) => {
    const { client, seen, pass } = await openEndpoint(refuse(3, { status, raw: '<html>' }));
    await pass(client.records.bot('a'));
    expect(seen.map(({ at }) => at)).toEqual([0, 1_500, 4_500, 13_500]);
  });

  it.each([400, 401, 403, 404, 409, 422])('with %i is an error at once', async (status) => {
    const { client, seen, failure } = await openEndpoint({ status, body: {} });
    expect(await failure(client.records.bot('a'))).toMatchObject({ status });
    expect(seen).toHaveLength(1);
  });

  it('is none of these: a lost connection is tried again', async () => {
    let left = 1;
    const { client, seen, events, pass } = await openEndpoint((_one, response) => {
      left -= 1;
      if (left < 0) return bot;
      response.destroy();
      return undefined;
    });
    await pass(client.records.bot('a'));
    expect(seen.map(({ at }) => at)).toEqual([0, 1_500]);
    expect(events).toMatchObject([{ type: 'platform.waiting', why: 'failed', ms: 1_000 }]);
  });
});
