import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { keepMetrics, type MetricsKeeperOptions } from '../../src/metrics/keep-metrics.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { afterTest } from '../kit/after-test.js';
import { ask, begin, online } from '../session-view/session-events.js';
import { parseExposition, valueOf } from './exposition.js';

async function open(metrics: MetricsKeeperOptions['metrics'] = 0) {
  const clock = createVirtualClock();
  const keeper = keepMetrics({ metrics, now: clock.now, wallNow: clock.now });
  const url = new URL(await keeper.open());
  afterTest(() => keeper.close());
  return {
    clock,
    keeper,
    url,
    get: (path: string, more: Ask = {}) => askFor({ port: Number(url.port), path, ...more }),
  };
}

interface Ask {
  method?: string;
  headers?: OutgoingHttpHeaders;
  host?: string;
}

async function askFor({ port, path, host = '127.0.0.1', ...more }: Ask & { port: number; path: string }) {
  const sent = request({ host, port, path, agent: false, ...more }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('the metrics of an agent', () => {
  it('are served on this machine alone, as text that Prometheus takes', async () => {
    const { url, get } = await open();
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.pathname).toBe('/metrics');
    const { status, headers, body } = await get('/metrics');
    expect({ status, type: headers['content-type'] }).toEqual({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
    });
    const families = parseExposition(body);
    expect(valueOf(families, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(valueOf(families, 'process_cpu_seconds_total')).toBeGreaterThan(0);
  });

  it('have what was told before they were open', async () => {
    const clock = createVirtualClock();
    const keeper = keepMetrics({ metrics: 0, now: clock.now, wallNow: clock.now });
    keeper.onEvent({ type: 'rating.told', matchId: 'm', rating: 1600, deviation: null, at: clock.now() });
    const opening = keeper.open();
    keeper.onEvent({ ...online, at: clock.now() });
    const { port } = new URL(await opening);
    afterTest(() => keeper.close());
    const families = parseExposition((await askFor({ port: Number(port), path: '/metrics' })).body);
    expect(valueOf(families, 'chipzen_rating')).toBe(1600);
    expect(valueOf(families, 'chipzen_lobby_state', { state: 'online' })).toBe(1);
  });

  it('have what happened since they were opened', async () => {
    const { keeper, clock, get } = await open();
    const at = clock.now();
    for (const event of [online, ...begin(1, 'ann'), ask(1)]) keeper.onEvent({ ...event, at });
    keeper.onLobbyFrame();
    const families = parseExposition((await get('/metrics')).body);
    expect(valueOf(families, 'chipzen_lobby_state', { state: 'online' })).toBe(1);
    expect(valueOf(families, 'chipzen_matches_live')).toBe(1);
    expect(valueOf(families, 'chipzen_turns_total')).toBe(1);
    expect(valueOf(families, 'chipzen_lobby_last_frame_timestamp_seconds')).toBe(at / 1000);
  });

  it('have the time in the lobby up to the moment of the question', async () => {
    const { keeper, clock, get } = await open();
    const figures = {
      day: '2026-01-06',
      matches: 0,
      claims: 0,
      matchesLimit: 20,
      lobbyMs: 60_000,
      lobbySince: clock.now(),
      lobbyLimitMs: null,
      reservedMs: 0,
      dials: 1,
    };
    keeper.onEvent({ type: 'budget.changed', figures, at: clock.now() });
    clock.advance(59_000);
    const families = parseExposition((await get('/metrics')).body);
    expect(valueOf(families, 'chipzen_day_lobby_seconds')).toBe(119);
  });

  it('are those of one agent each, also when two of a process are asked twice', async () => {
    const agents = [await open(), await open()];
    for (const [index, { keeper, clock }] of agents.entries()) {
      for (let n = 0; n <= index; n++) keeper.onEvent({ ...ask(1), at: clock.now() });
    }
    for (let round = 0; round < 2; round++) {
      for (const [index, { get }] of agents.entries()) {
        expect(valueOf(parseExposition((await get('/metrics')).body), 'chipzen_turns_total')).toBe(index + 1);
      }
    }
  });

  it('tell monitors how it stands', async () => {
    const { keeper, clock, get } = await open();
    const answers = async () =>
      Promise.all(['/healthz', '/readyz', '/livez'].map(async (path) => (await get(path)).status));
    expect(await answers()).toEqual([503, 503, 503]);
    keeper.onEvent({ ...online, at: clock.now() });
    keeper.onLobbyFrame();
    expect(await answers()).toEqual([200, 200, 200]);
    expect(await get('/readyz')).toMatchObject({
      body: 'ready: The lobby sent a frame 0 s ago.\n',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
    clock.advance(45_000);
    expect(await answers()).toEqual([200, 503, 200]);
    clock.advance(20_000);
    expect(await answers()).toEqual([503, 503, 503]);
  });

  it.each<[string, string, Ask, number]>([
    ['localhost', '/metrics', { headers: { Host: 'localhost:9464' } }, 200],
    ['the end of a tunnel', '/metrics', { headers: { Host: '127.0.0.1:1234' } }, 200],
    ['a name of a foreign site', '/metrics', { headers: { Host: 'evil.example' } }, 403],
    ['a name of a foreign site, for health', '/healthz', { headers: { Host: 'evil.example' } }, 403],
    ['a page of another site', '/metrics', { headers: { Origin: 'http://evil.example' } }, 403],
    ['a page of this machine', '/metrics', { headers: { Origin: 'http://127.0.0.1:8080' } }, 403],
    ['somebody who would change something', '/metrics', { method: 'POST' }, 405],
    ['somebody who deletes', '/healthz', { method: 'DELETE' }, 405],
    ['a scraper with a query', '/metrics?x=1', {}, 200],
    ['somebody who looks around', '/', {}, 200],
    ['a path that there is not', '/metrics/', {}, 404],
    ['a name that every object has', '/constructor', {}, 404],
  ])('answer %s', async (_who, path, more, status) => {
    const { get } = await open();
    expect((await get(path, more)).status).toBe(status);
  });

  it('answer any name where they are shown to other machines', async () => {
    const { get, url } = await open({ port: 0, host: '0.0.0.0' });
    expect(url.hostname).toBe('0.0.0.0');
    expect((await get('/metrics', { headers: { Host: 'bot:9464' } })).status).toBe(200);
    const fromPage = { headers: { Host: 'bot:9464', Origin: 'http://evil.example' } };
    expect((await get('/metrics', fromPage)).status).toBe(403);
  });

  it('say in a sentence that the port is taken', async () => {
    const { url } = await open();
    const second = keepMetrics({ metrics: Number(url.port), now: Date.now, wallNow: Date.now });
    await expect(second.open()).rejects.toMatchObject({
      code: 'bad_option',
      message: `Port ${url.port} of 127.0.0.1 cannot be opened: another program has it (EADDRINUSE). Name another one; 0 takes any free one.`,
    });
    await second.close();
  });

  it('are gone when they are closed, also while they are being opened', async () => {
    const { keeper, get } = await open();
    await keeper.close();
    await expect(get('/metrics')).rejects.toThrow('ECONNREFUSED');
    const hasty = keepMetrics({ metrics: 0, now: Date.now, wallNow: Date.now });
    const opening = hasty.open();
    await hasty.close();
    const { port } = new URL(await opening);
    await expect(askFor({ port: Number(port), path: '/' })).rejects.toThrow('ECONNREFUSED');
  });
});
