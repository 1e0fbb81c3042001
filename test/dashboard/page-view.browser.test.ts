/** The built page in a real browser, at two sizes and in both themes. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDashboard, createSandboxDashboard } from '../../src/dashboard/index.js';
import { streamDefaults } from '../../src/dashboard/stream.js';
import { createTestClock } from '../kit/clock.js';
import { freePort } from '../kit/free-port.js';
import { openPlatform } from '../kit/platform.js';
import { violationsOn } from './accessibility.js';
import { launchBrowser, schemes, sizes, type Visit, visit } from './browser.js';
import { escapees } from './escapees.js';
import { playWithDashboard } from './played.js';

/** Remembers every state that was lit on either chart. */
const rememberLit = `
  window.lit = new Set();
  const look = () => {
    for (const node of document.querySelectorAll('.drawing [data-state].active, .drawing [data-state].passed')) {
      window.lit.add(node.closest('section').dataset.testid + ' ' + node.dataset.state);
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
`;

/** Pixels between the labels below the bars of latencies, where they are closest. */
const closestTicks = `(() => {
  const boxes = [...document.querySelectorAll('.ticks span')]
    .filter((label) => getComputedStyle(label).visibility === 'visible')
    .map((label) => {
      const range = document.createRange();
      range.selectNodeContents(label);
      return range.getBoundingClientRect();
    });
  return Math.min(...boxes.slice(1).map((box, before) => box.left - boxes[before].right));
})()`;

/** Where the line of the clock stands, and the times of the labels to its left and right, in ms. */
const clockLine = `(() => {
  const msOf = (text) => Number.parseFloat(text) * (text.endsWith('ms') ? 1 : text.endsWith('s') ? 1000 : 1);
  const line = document.querySelector('.budget');
  const at = line.getBoundingClientRect().left;
  const labels = [...document.querySelectorAll('.ticks span')].map((label) => {
    const { left, right } = label.getBoundingClientRect();
    return { ms: msOf(label.textContent), at: (left + right) / 2 };
  });
  return {
    ms: msOf(line.textContent.replace(' clock', '').replace(' ', '')),
    from: Math.max(0, ...labels.filter((label) => label.at < at).map(({ ms }) => ms)),
    to: Math.min(...labels.filter((label) => label.at > at).map(({ ms }) => ms)),
  };
})()`;

/** Pixels below the events that the columns beside them have and they do not. */
const unusedBelow = `(() => {
  const bottomOf = (selector) => Math.max(...[...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect().bottom));
  return Math.abs(bottomOf('.left .feed') - bottomOf(innerWidth < 1240 ? '.centre > *' : '.centre > *, .side > *'));
})()`;

/** How many seats cover a card of the board. */
const coveringSeats = `(() => {
  const boxOf = (element) => element.getBoundingClientRect();
  const cards = [...document.querySelectorAll('.board .card')].map(boxOf);
  const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return [...document.querySelectorAll('.seat')].filter((seat) =>
    [...seat.querySelectorAll('.hole .card, .plate, .last:not(.nothing)')].some((part) =>
      cards.some((card) => covers(boxOf(part), card)),
    ),
  ).length;
})()`;

describe('the page', () => {
  let browser: Browser;
  let open: Visit[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const one of open) await one.close();
    open = [];
  });
  afterAll(() => browser.close());

  async function look(...where: Parameters<typeof visit> extends [Browser, ...infer Rest] ? Rest : never) {
    const seen = await visit(browser, ...where);
    open.push(seen);
    return seen;
  }

  /** A page that has shown the session, and then lost it without being told. */
  async function lookWithoutStream(url: string) {
    const seen = await look(url);
    const { page } = seen;
    await page.getByTestId('session-state').getByText('listening').waitFor();
    // A page that was offline has an error in its console, and is right about it.
    await page.route('**/events*', (route) => route.abort());
    await page.reload();
    await page.getByText('The connection is lost.').waitFor();
    return seen;
  }

  it.each([
    ['me', 'me, you', 'me you'],
    ['you', 'you', 'you'],
  ])('marks the seat of a bot named %s once as its own', async (name, label, text) => {
    const { agent, dashboard, sandbox, botId } = await playWithDashboard({ name, agent: { maxMatches: 1 } });
    const { page } = await look(dashboard.url);
    const session = agent.start();
    await sandbox.dispatch(botId);
    const seat = page.getByTestId('table').getByRole('group', { name: label, exact: true });
    await seat.waitFor();
    expect((await seat.locator('.name').innerText()).trim()).toBe(text);
    await agent.stop({ graceMs: 0 });
    await session;
  });

  it('shows a whole match from the first dial to the result', async () => {
    const played = await playWithDashboard({
      sandbox: { speed: 0.05, maxHands: 10, startingStack: 500 },
      agent: { maxMatches: 1 },
    });
    const { agent, dashboard, sandbox, botId } = played;
    const { page, troubles, strangers, picture } = await look(dashboard.url);
    await page.evaluate(rememberLit);
    await page.getByText('No match is live').waitFor();
    const session = agent.start();
    await page.getByTestId('session-state').getByText('listening').waitFor();
    const { matchId } = await sandbox.dispatch(botId);
    await page.locator(`[data-match="${matchId}"]`).waitFor();
    await page.getByRole('heading', { name: 'Against calling-station' }).waitFor();
    await page
      .getByTestId('table')
      .getByText(/^hand [3-9] ·/)
      .waitFor();
    await picture('match');
    const [result] = await session;
    await page.getByText('The session is over.').waitFor();
    await picture('match-over');

    const stacks = result?.end?.results?.map(({ final_stack: stack }) => stack) ?? [];
    expect(result?.hands).toBe(10);
    expect(await page.locator(`[data-match="${matchId}"] td`).allInnerTexts()).toEqual([
      '10',
      (result?.netChips ?? 0) > 0 ? `+${result?.netChips}` : String(result?.netChips).replace('-', '−'),
      expect.stringMatching(/^0:\d\d$/),
    ]);
    expect(await page.getByTestId('chips').getByRole('img').getAttribute('aria-label')).toBe(
      `Chips after hand 10: me ${stacks[0]}, calling-station ${stacks[1]}`,
    );
    expect(await page.getByTestId('latency').locator('figcaption').innerText()).toContain(
      `${result?.turns} decisions`,
    );
    const lit = await page.evaluate<string[]>('[...window.lit]');
    expect(lit).toEqual(
      expect.arrayContaining([
        'chart-lobby connecting',
        'chart-lobby listening',
        'chart-lobby stopped',
        'chart-match playing',
        'chart-match playing.watching',
        'chart-match playing.deciding',
        'chart-match playing.settling',
        'chart-match done',
      ]),
    );
    expect({ troubles, strangers }).toEqual({ troubles: [], strangers: [] });
  });

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'fits a %s window, reads well and has names for everything, in both themes',
    async (size) => {
      // Nothing moves any more when the page is looked at, which takes a browser without a GPU its time.
      const clock = createTestClock(Date.now());
      const played = await playWithDashboard({ sandbox: { clock, speed: 1, startingStack: 5_000 } });
      const { agent, dashboard, sandbox, botId } = played;
      const thirdHands = new Promise<void>((resolve) => {
        const matches = new Set<string>();
        agent.on((event) => {
          if (event.type === 'hand.started' && event.hand === 3) matches.add(event.matchId);
          if (matches.size === 2) resolve();
        });
      });
      void agent.start();
      const five = ['tight-aggressive', 'calling-station', 'random', 'calling-station', 'tight-aggressive'];
      await sandbox.dispatch(botId, { opponents: five });
      await sandbox.dispatch(botId, { opponents: ['calling-station'] });
      await clock.passUntil(thirdHands, 'the third hand of both matches');
      const seen = await look(dashboard.url, size);
      const { page } = seen;
      await page.getByRole('button', { name: 'tight-aggressive 1' }).click();
      await page
        .getByTestId('table')
        .getByText(/^hand [2-9]/)
        .waitFor();
      for (const scheme of schemes) {
        await seen.turnTo(scheme);
        await seen.picture('playing');
        expect(await violationsOn(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
        expect(await page.evaluate(escapees)).toEqual([]);
        expect(await page.evaluate(closestTicks)).toBeGreaterThan(6);
        const { from, ms, to } = await page.evaluate<Record<'ms' | 'from' | 'to', number>>(clockLine);
        expect([from, ms, to]).toEqual([from, ms, to].toSorted((one, other) => one - other));
        expect(to).toBeGreaterThan(from);
        if (size !== 'narrow') expect(await page.evaluate(unusedBelow)).toBeLessThan(2);
      }
      await page.getByRole('button', { name: 'Enlarge the match statechart' }).click();
      for (const scheme of schemes) {
        await seen.turnTo(scheme);
        await seen.picture('statechart');
        expect(await violationsOn(page)).toEqual([]);
      }
      expect(seen.troubles).toEqual([]);
    },
  );

  it('keeps long names in their place, the page of the platform as well', async () => {
    const played = await playWithDashboard({ sandbox: { speed: 0.05, startingStack: 50_000 } });
    const { agent, dashboard, sandbox, botId } = played;
    const platform = await createSandboxDashboard(sandbox);
    try {
      void agent.start();
      const name = 'W'.repeat(64);
      sandbox.addBot({ name });
      const caller = { decide: () => ({ action: 'call' }) };
      await sandbox.dispatch(botId, { opponents: ['random', { name, make: () => caller }] });
      for (const url of [dashboard.url, platform.url]) {
        const { page, picture } = await look(url, 'narrow');
        await page
          .getByTestId('table')
          .getByText(/^hand [2-9]/)
          .waitFor();
        await picture(url === platform.url ? 'names-sandbox' : 'names');
        expect(await page.evaluate(escapees)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      }
    } finally {
      await platform.close();
    }
  });

  it.each([3, 4, 5, 6])(
    'leaves the board open to the view on narrow windows with %i seats',
    async (seats) => {
      const { sandbox } = await openPlatform({ seed: `f${seats}`, startingStack: 3_000, maxHands: 3 });
      const dashboard = await createSandboxDashboard(sandbox);
      try {
        const players = [
          'random',
          'equity',
          'calling-station',
          'tight-aggressive',
          'random',
          'calling-station',
        ];
        await sandbox.result((await sandbox.play({ players: players.slice(0, seats) })).matchId);
        const { page, picture } = await look(dashboard.url, 'narrow');
        await page.getByTestId('table').getByText('wins').waitFor();
        await picture(`seats-${seats}`);
        expect(await page.evaluate(coveringSeats)).toBe(0);
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await page.evaluate(coveringSeats)).toBe(0);
        // The graph of the chips follows the window a moment later.
        await expect.poll(() => page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      } finally {
        await dashboard.close();
      }
    },
  );

  it('stops the agent from the keyboard, after it asked', async () => {
    const played = await playWithDashboard();
    const { agent, dashboard } = played;
    const session = agent.start();
    const { page, picture } = await look(dashboard.url);
    await page.getByTestId('session-state').getByText('listening').waitFor();
    await page.getByRole('button', { name: 'Stop' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Stop?' });
    await dialog.getByText('The agent leaves the lobby and stops.').waitFor();
    await picture('confirmation');
    // The safe one has the focus.
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Stop');
    expect(agent.actor.getSnapshot().value).toBe('listening');
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await session).toEqual([]);
    await page.getByTestId('session-state').getByText('stopped').waitFor();
  });

  it('asks again when it is told so as soon as the last question is closed', async () => {
    const { agent, dashboard } = await playWithDashboard();
    void agent.start();
    const { page } = await look(dashboard.url);
    await page.getByRole('button', { name: 'Stop' }).click();
    const dialog = page.getByRole('dialog', { name: 'Stop?' });
    await dialog.waitFor();
    // In one turn of the page: its dialog tells of its end in a later one, and what that changes is shown by the second frame.
    await page.evaluate(`new Promise((shown) => {
      document.querySelector('dialog[open]').addEventListener(
        'close',
        () => requestAnimationFrame(() => requestAnimationFrame(shown)),
        { once: true },
      );
      document.querySelector('dialog .buttons button').click();
      document.querySelector('.controls > .danger').click();
    })`);
    expect(await dialog.isVisible()).toBe(true);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel');
  });

  it('no longer asks whether to stop a session that is over', async () => {
    const { agent, dashboard } = await playWithDashboard();
    const session = agent.start();
    const { page } = await look(dashboard.url);
    await page.getByTestId('session-state').getByText('listening').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    const dialog = page.getByRole('dialog', { name: 'Stop?' });
    await dialog.waitFor();
    await agent.stop();
    await session;
    await dialog.waitFor({ state: 'hidden' });
  });

  it('filters and pauses the events', async () => {
    const played = await playWithDashboard({ sandbox: { maxHands: 3 } });
    const { agent, dashboard, sandbox, botId } = played;
    void agent.start();
    const { page } = await look(dashboard.url);
    const feed = page.getByTestId('feed');
    await sandbox.result((await sandbox.dispatch(botId)).matchId);
    await feed.getByText('match.ended').waitFor({ state: 'attached' });
    for (const kind of ['session', 'match', 'turn', 'bot'])
      await feed.getByRole('button', { name: kind }).click();
    await feed.getByRole('button', { name: 'Pause' }).click();
    const types = async () => new Set(await feed.locator('.type').allInnerTexts());
    expect(await types()).toEqual(new Set(['hand.started', 'hand.ended']));
    await feed.getByRole('searchbox').fill('hand 2');
    const hand2 = await feed.locator('.text').allInnerTexts();
    expect(hand2.map((text) => text.slice(0, 6))).toEqual(['hand 2', 'hand 2']);
    await sandbox.result((await sandbox.dispatch(botId)).matchId);
    await feed.getByRole('button', { name: /^Resume \(\d+ new\)/ }).waitFor();
    expect(await feed.locator('.text').allInnerTexts()).toEqual(hand2);
    await feed.getByRole('button', { name: /^Resume/ }).click();
    await expect.poll(() => feed.locator('.text').count()).toBe(4);
  });

  it('says that the connection is lost, and shows everything anew when it is back', async () => {
    const played = await playWithDashboard({ sandbox: { maxHands: 2 } });
    const { agent, dashboard, sandbox, botId } = played;
    void agent.start();
    const { page, picture } = await lookWithoutStream(dashboard.url);
    await picture('lost');
    await sandbox.result((await sandbox.dispatch(botId)).matchId);
    await page.unroute('**/events*');
    await page.getByText('1 match over').waitFor();
    expect(await page.getByText('The connection is lost.').count()).toBe(0);
  });

  it('waits for a place when too many pages are open', async () => {
    const played = await playWithDashboard();
    const { agent, dashboard } = played;
    void agent.start();
    const crowd = Array.from({ length: streamDefaults.maxPages }, () => new AbortController());
    await Promise.all(crowd.map(({ signal }) => fetch(`${dashboard.url}events`, { signal })));
    const { page, picture } = await look(dashboard.url);
    await page.getByText('Too many pages are open').waitFor();
    await picture('crowded');
    crowd[0]?.abort();
    await page.getByTestId('session-state').getByText('listening').waitFor();
    expect(await page.getByText('Too many pages are open').count()).toBe(0);
    for (const one of crowd) one.abort();
  });

  it('is open in more tabs of one browser than that has connections', async () => {
    const played = await playWithDashboard({ sandbox: { maxHands: 2 } });
    const { agent, dashboard, sandbox, botId } = played;
    void agent.start();
    const { page } = await look(dashboard.url);
    // Without a window every tab is in front.
    await page.context().addInitScript(`
      Object.defineProperty(document, 'hidden', { get: () => window.isAway === true });
    `);
    await page.reload();
    const tabs = [page];
    while (tabs.length < 9) {
      await tabs.at(-1)?.evaluate('window.isAway = true');
      const tab = await page.context().newPage();
      tabs.push(tab);
      await tab.goto(dashboard.url);
      await tab.getByTestId('session-state').getByText('listening').waitFor();
    }
    await sandbox.result((await sandbox.dispatch(botId)).matchId);
    await tabs.at(-1)?.getByText('1 match over').waitFor();
    expect(await page.getByText('1 match over').count()).toBe(0);
    await page.evaluate(`
      window.isAway = false;
      document.dispatchEvent(new Event('visibilitychange'));
    `);
    await page.getByText('1 match over').waitFor();
  });

  it('says so when another session is at its port', async () => {
    const played = await playWithDashboard({ port: await freePort() });
    const { agent, dashboard } = played;
    void agent.start();
    // As when the process is killed: the page is not told of the end.
    const { page, picture } = await lookWithoutStream(dashboard.url);
    await dashboard.close();
    const next = await createDashboard(agent, { port: dashboard.port });
    try {
      await page.unroute('**/events*');
      await page.getByText('Another session is at this port now').waitFor();
      await picture('moved');
    } finally {
      await next.close();
    }
  });

  it('shows a local platform with all cards face up', async () => {
    const { sandbox } = await openPlatform({ seed: 'page', speed: 0.05, startingStack: 20_000 });
    const dashboard = await createSandboxDashboard(sandbox);
    try {
      await sandbox.play({ players: ['equity', 'tight-aggressive', 'calling-station'] });
      const { page, troubles, picture } = await look(dashboard.url, 'wide', 'dark');
      await page
        .getByTestId('table')
        .getByText(/^hand [2-9]/)
        .waitFor();
      expect(await page.getByTestId('table').getByLabel('face down').count()).toBe(0);
      await picture('sandbox');
      expect(await violationsOn(page)).toEqual([]);
      expect(troubles).toEqual([]);
    } finally {
      await dashboard.close();
    }
  });

  it('looks at the match that was chosen, and goes on doing so after it is loaded again', async () => {
    const played = await playWithDashboard({ sandbox: { speed: 0.2, startingStack: 50_000 } });
    const { agent, dashboard, sandbox, botId } = played;
    void agent.start();
    const { page } = await look(dashboard.url);
    await sandbox.dispatch(botId, { opponent: 'random' });
    await sandbox.dispatch(botId, { opponent: 'calling-station' });
    await page.getByRole('heading', { name: 'Against calling-station' }).waitFor();
    await page.getByRole('button', { name: 'random' }).click();
    await page.getByRole('heading', { name: 'Against random' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Against random' }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Follow the newest' }).isChecked()).toBe(false);
  });
});
