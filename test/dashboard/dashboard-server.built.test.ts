import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBoard } from '../../src/dashboard/board.js';
import { type Dashboard, serveDashboard } from '../../src/dashboard/dashboard-server.js';
import type { SessionView } from '../../src/dashboard/page-view.js';
import { createSessionHands } from '../../src/dashboard/session-hands.js';
import { listen, pageSecret, requestPage } from './client.js';

const assets = fileURLToPath(new URL('../../dist/dashboard/page/assets/', import.meta.url));

describe('the server of the dashboard', () => {
  let dashboard: Dashboard;
  let pressed: string[];
  let released: number;

  beforeEach(async () => {
    pressed = [];
    released = 0;
    dashboard = await serveDashboard(
      {
        kind: 'agent',
        board: createBoard(() => ({}) as SessionView),
        startedAt: 0,
        hands: createSessionHands('agent'),
        release: () => void (released += 1),
      },
      { controls: { stop: () => void pressed.push('stop') } },
    );
  });
  afterEach(() => dashboard.close());

  it('serves the page and its parts, under a policy that lets nothing else in', async () => {
    const page = await requestPage(dashboard.url);
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(page.text).not.toContain('%DASHBOARD_SECRET%');
    const inline = /<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/;
    expect(page.text).not.toMatch(inline);
    for (const name of readdirSync(assets)) {
      const part = await requestPage(`${dashboard.url}assets/${name}`);
      expect([part.status, part.text.length > 1_000]).toEqual([200, true]);
      expect(part.headers['content-type']).toMatch(name.endsWith('.js') ? /^text\/javascript/ : /^text\/css/);
    }
  });

  it('listens on this machine only, below a path that nobody can guess', () => {
    expect(dashboard.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${dashboard.port}/[\\w-]{16,}/$`));
  });

  it('answers nobody who does not know the path, or was led here under another name', async () => {
    const { origin, host } = new URL(dashboard.url);
    expect((await requestPage(`${origin}/`)).status).toBe(404);
    expect((await requestPage(`${origin}/${'x'.repeat(24)}/events`)).status).toBe(404);
    for (const headers of [
      { Host: 'evil.example' },
      { Host: `evil.example:${dashboard.port}` },
      { Origin: 'http://evil.example' },
      { Origin: 'null' },
      { Host: host, Origin: `https://${host}` },
    ]) {
      expect((await requestPage(dashboard.url, { headers })).status).toBe(403);
      expect((await requestPage(`${dashboard.url}events`, { headers })).status).toBe(403);
    }
  });

  it('serves no other file', async () => {
    const { pathname } = new URL(dashboard.url);
    for (const rest of [
      '../server.js',
      '..%2fserver.js',
      '%2e%2e/index.js',
      'assets/../../server.js',
      '..\\server.js',
      'nothing.js',
      '/',
      '//x',
      '/[',
      '%',
      '%00',
    ]) {
      const { status, text } = await requestPage(dashboard.url, { rawPath: `${pathname}${rest}` });
      expect([rest, status]).toEqual([
        rest,
        expect.toSatisfy((code: number) => code === 404 || code === 400),
      ]);
      expect(text).toBe('');
    }
  });

  it('does what a button says for its own page only', async () => {
    const url = `${dashboard.url}control/stop`;
    const secret = await pageSecret(dashboard.url);
    expect(secret).toMatch(/^[\w-]{32}$/);
    const post = async (to: string, headers: Record<string, string>) =>
      (await requestPage(to, { method: 'POST', headers })).status;
    expect(await post(url, {})).toBe(403);
    expect(await post(url, { 'X-Dashboard-Secret': 'x'.repeat(32) })).toBe(403);
    expect(await post(url, { 'X-Dashboard-Secret': secret, Origin: 'http://evil.example' })).toBe(403);
    expect((await requestPage(url, { headers: { 'X-Dashboard-Secret': secret } })).status).toBe(404);
    expect(
      (await requestPage(url, { method: 'PUT', headers: { 'X-Dashboard-Secret': secret } })).status,
    ).toBe(405);
    expect(pressed).toEqual([]);
    // A button that this dashboard does not have.
    expect(await post(`${dashboard.url}control/drain`, { 'X-Dashboard-Secret': secret })).toBe(404);
    expect(await post(`${dashboard.url}control/constructor`, { 'X-Dashboard-Secret': secret })).toBe(404);
    expect(await post(url, { 'X-Dashboard-Secret': secret })).toBe(202);
    expect(pressed).toEqual(['stop']);
  });

  it('ends its streams and lets go of what it watched when it is closed', async () => {
    const stream = await listen(dashboard.url);
    expect(await stream.message(() => true)).toMatchObject({ kind: 'agent', controls: ['stop'] });
    await dashboard.close();
    await stream.ended;
    expect(stream.text()).toMatch(/event: end\ndata: \{\}\n\n$/);
    expect(released).toBe(1);
    await expect(requestPage(dashboard.url)).rejects.toThrow('ECONNREFUSED');
  });

  it('says which port cannot be opened', async () => {
    const source = {
      kind: 'agent',
      board: createBoard(() => ({}) as SessionView),
      startedAt: 0,
      hands: createSessionHands('agent'),
      release: () => undefined,
    } as const;
    await expect(serveDashboard(source, { port: dashboard.port })).rejects.toMatchObject({
      code: 'bad_option',
      message: expect.stringContaining(String(dashboard.port)),
    });
  });
});
