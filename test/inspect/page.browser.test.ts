/** In a real browser, with the library's own receiver in the place of the inspector's page. */
import type { StatelyInspectionEvent } from '@statelyai/inspect';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/browser.js';
import { createInspectorBridge, type InspectorBridge } from '../../src/inspect/index.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';
import { type StandIn, serveStandIn } from './stand-in.js';

let browser: Browser;
let ui: StandIn;
beforeAll(async () => {
  ui = await serveStandIn();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  ui.close();
});

let platform: Awaited<ReturnType<typeof startScriptedPlatform>>;
let bridge: InspectorBridge;
let pages: Page[];
beforeEach(async () => {
  pages = [];
  ui.referrers.length = 0;
  platform = await startScriptedPlatform();
  bridge = await createInspectorBridge({ uiUrl: ui.url });
});
afterEach(async () => {
  for (const page of pages) await page.context().close();
  await bridge.close();
  await platform.close();
});

const caller = { decide: () => ({ action: 'call' }) };

async function visit(): Promise<{ page: Page; troubles: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  pages.push(page);
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  // The frame is of another origin than its page, and cannot.
  page.on('console', (message) => {
    const isExpected = message.text().includes('can escape its sandboxing');
    if (['error', 'warning'].includes(message.type()) && !isExpected) troubles.push(message.text());
  });
  await page.goto(bridge.url);
  return { page, troubles };
}

/** Opens the inspector in the page's frame. */
async function openHere(page: Page): Promise<Frame> {
  await page.getByRole('button', { name: 'Open it here' }).click();
  await page.getByText('Connected.').waitFor();
  const frame = page.frame({ url: ui.url });
  if (frame === null) throw new Error('no frame');
  return frame;
}

const receivedBy = (view: Frame | Page): Promise<StatelyInspectionEvent[]> =>
  view.evaluate(() => globalThis.received);

/** Waits until it was told that this machine is in this state. */
async function sees(view: Frame | Page, name: string, value: unknown): Promise<void> {
  await view.waitForFunction(
    ([wantedName, wantedValue]) => {
      // A window that was just opened has not run its script yet.
      const received = (globalThis as Partial<typeof globalThis>).received ?? [];
      const ids = received.flatMap((event) =>
        event.type === '@xstate.actor' && event.name === wantedName ? [event.sessionId] : [],
      );
      return received.some(
        (event) =>
          event.type !== '@xstate.event' &&
          ids.includes(event.sessionId) &&
          JSON.stringify((event.snapshot as { value?: unknown }).value) === wantedValue,
      );
    },
    [name, JSON.stringify(value)],
  );
}

/** Waits until it was told of the seven actors of a session with one match, and of nothing more yet. */
async function isIntroduced(view: Frame | Page): Promise<void> {
  await view.waitForFunction(() => globalThis.received.length >= 7);
}

const eventTypes = (received: StatelyInspectionEvent[]): string[] =>
  received.flatMap((event) => (event.type === '@xstate.event' ? [event.event.type] : []));

/** A session that a test plays on, up to the first turn. */
async function startSession() {
  const agent = platform.agent(caller, { drainGraceMs: 0 });
  bridge.attach(agent.actor);
  const done = agent.start();
  const lobby = await platform.lobby();
  return {
    agent,
    done,
    lobby,
    async seat(matchId = 'm1') {
      lobby.say(say.matched(matchId, { note: testToken }));
      const seat = await platform.seat();
      seat.say({ ...say.matchStart(), note: testToken });
      return seat;
    },
  };
}

describe('the inspector in a browser', () => {
  it('is told nothing before the user opens it: the page asks its own server only', async () => {
    const requests: string[] = [];
    const { agent } = await startSession();
    const { page, troubles } = await visit();
    page.on('request', (request) => requests.push(request.url()));
    await page.reload();
    await page.getByText(`Nothing is sent to ${new URL(ui.url).host} before you open it.`).waitFor();
    await page.getByRole('treeitem', { name: 'lobby listening' }).waitFor();
    expect(requests.filter((url) => !url.startsWith(bridge.url))).toEqual([]);
    expect(requests).toContain(`${bridge.url}events`);
    // The page as it was before ends its stream when it likes.
    await expect.poll(() => bridge.viewers).toBe(1);
    expect([ui.referrers, troubles]).toEqual([[], []]);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => bridge.viewers).toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => bridge.viewers).toBe(1);
    await agent.stop({ graceMs: 0 });
  });

  it('shows lobby and match, their charts, states and events, and no token', async () => {
    const { agent, seat: takeSeat } = await startSession();
    const { page, troubles } = await visit();
    const frame = await openHere(page);
    await sees(frame, 'lobby', 'listening');
    const seat = await takeSeat();
    await sees(frame, 'match:m1', { playing: 'watching' });
    seat.say(say.turn('r1', { note: testToken }));
    await seat.hear();
    seat.say(say.matchEnd());
    await sees(frame, 'match:m1', 'done');
    await agent.stop({ graceMs: 0 });
    await sees(frame, 'lobby', 'stopped');
    await bridge.close();
    await page.getByText('The session is over.').waitFor();

    const received = await receivedBy(frame);
    const actors = received.flatMap((event) => (event.type === '@xstate.actor' ? [event] : []));
    const [lobby] = actors;
    const match = actors.find(({ name }) => name === 'match:m1');
    expect(actors.map(({ name, parentId }) => [name, parentId])).toEqual([
      ['lobby', undefined],
      ['reporter', lobby?.sessionId],
      ['socket', lobby?.sessionId],
      ['match:m1', lobby?.sessionId],
      ['reporter of match:m1', match?.sessionId],
      ['bot of match:m1', match?.sessionId],
      ['socket of match:m1', match?.sessionId],
    ]);
    const charts = [lobby, match].map(
      (actor) => JSON.parse(actor?.definition ?? '{}') as { id: string; states: object },
    );
    expect(charts.map(({ id, states }) => [id, Object.keys(states)])).toEqual([
      [
        'lobby',
        [
          'starting',
          'connecting',
          'authenticating',
          'listening',
          'backoff',
          'away',
          'draining',
          'evicted',
          'stopped',
        ],
      ],
      ['match', ['connecting', 'playing', 'resuming', 'done', 'abandoned']],
    ]);
    expect(eventTypes(received)).toEqual(
      expect.arrayContaining([
        'frame.matched',
        'socket.opened',
        'frame.turn_request',
        'bot.decided',
        'frame.match_end',
      ]),
    );
    expect(new Set(received.map(({ rootId }) => rootId))).toEqual(new Set([lobby?.sessionId]));
    expect(JSON.stringify(received).includes(testToken)).toBe(false);
    expect([ui.referrers, troubles]).toEqual([[undefined], []]);
  });

  it('opens in a window of its own as well, until that is closed', async () => {
    const { agent } = await startSession();
    const { page, troubles } = await visit();
    const opening = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Open it in a window' }).click();
    const window = await opening;
    await sees(window, 'lobby', 'listening');
    expect(ui.referrers).toEqual([undefined]);
    await window.close();
    await page.getByText('Nothing is sent.').waitFor();
    await expect.poll(() => bridge.viewers).toBe(1);
    expect(troubles).toEqual([]);
    await agent.stop({ graceMs: 0 });
  });

  it('shows the same to two viewers, also to one that comes late', async () => {
    const { agent, seat: takeSeat } = await startSession();
    const first = await openHere((await visit()).page);
    const seat = await takeSeat();
    await sees(first, 'match:m1', { playing: 'watching' });
    const late = await openHere((await visit()).page);
    await sees(late, 'match:m1', { playing: 'watching' });
    await isIntroduced(late);
    const known = (await receivedBy(late)).length;
    seat.say(say.turn('r1'));
    await seat.hear();
    seat.say(say.matchEnd());
    await sees(first, 'match:m1', 'done');
    await sees(late, 'match:m1', 'done');
    const introduction = (await receivedBy(late)).slice(0, known);
    expect(introduction.map(({ type }) => type)).toEqual(Array.from({ length: 7 }, () => '@xstate.actor'));
    await agent.stop({ graceMs: 0 });
    await sees(late, 'lobby', 'stopped');
    await sees(first, 'lobby', 'stopped');
    const [seenFirst, seenLate] = [await receivedBy(first), await receivedBy(late)];
    const after = seenLate.slice(known);
    expect(after.length).toBeGreaterThan(10);
    expect(seenFirst.slice(-after.length)).toEqual(after);
  });

  it('is told again where things stand when it is loaded again, and nothing once it is stopped', async () => {
    const { agent, seat: takeSeat } = await startSession();
    await takeSeat();
    const { page } = await visit();
    const frame = await openHere(page);
    await sees(frame, 'match:m1', { playing: 'watching' });
    await frame.goto(ui.url);
    await sees(frame, 'match:m1', { playing: 'watching' });
    await isIntroduced(frame);
    expect((await receivedBy(frame)).map(({ type }) => type)).toEqual(
      Array.from({ length: 7 }, () => '@xstate.actor'),
    );
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Nothing is sent.').waitFor();
    await page.getByRole('treeitem', { name: 'match:m1' }).waitFor();
    expect(page.frame({ url: ui.url })).toBeNull();
    const again = await openHere(page);
    await sees(again, 'match:m1', { playing: 'watching' });
    await agent.stop({ graceMs: 0 });
  });

  it('shows what is attached, and what is detached no longer', async () => {
    const { agent, lobby } = await startSession();
    const frame = await openHere((await visit()).page);
    await sees(frame, 'lobby', 'listening');
    const detach = bridge.attach(agent.actor);
    detach();
    const before = (await receivedBy(frame)).length;
    lobby.say({ type: 'ping' });
    await lobby.hear();
    bridge.attach(agent.actor);
    await frame.waitForFunction((count) => globalThis.received.length > count, before);
    expect(eventTypes(await receivedBy(frame))).not.toContain('frame.ping');
    lobby.say({ type: 'ping' });
    await frame.waitForFunction(() =>
      globalThis.received.some(
        (event) => event.type === '@xstate.event' && event.event.type === 'frame.ping',
      ),
    );
    await agent.stop({ graceMs: 0 });
  });

  it('listens to the inspector only: not to another page that is in its place', async () => {
    const { agent } = await startSession();
    const stranger = await serveStandIn();
    const { page } = await visit();
    const opening = page.waitForEvent('popup');
    await page.getByRole('button', { name: 'Open it in a window' }).click();
    const popup = await opening;
    await sees(popup, 'lobby', 'listening');
    // A stream is opened anew for whoever says that it is the inspector.
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/events')) streams.push(request.url());
    });
    await popup.goto(stranger.url);
    await popup.waitForFunction(() => Array.isArray(globalThis.received));
    agent.actor.send({ type: 'frame.ping', frame: { type: 'ping' } });
    // A viewer that may see it has seen it by then.
    const witness = await openHere((await visit()).page);
    await witness.waitForFunction(() => globalThis.received.length >= 3);
    expect([await receivedBy(popup), streams]).toEqual([[], []]);
    stranger.close();
    await agent.stop({ graceMs: 0 });
  });

  it('is shown by no page but its own', async () => {
    const { page } = await visit();
    await page.goto(ui.url);
    const refusal = page.waitForEvent('console', (message) => message.text().includes('frame'));
    await page.setContent(`<iframe src="${bridge.url}"></iframe>`);
    expect((await refusal).text()).toMatch(/frame-ancestors|X-Frame-Options/);
    const answer = await page.evaluate(
      (url) => fetch(`${url}events`).then((response) => response.status, String),
      bridge.url,
    );
    expect(answer).toBe('TypeError: Failed to fetch');
    await expect.poll(() => bridge.viewers).toBe(0);
  });
});
