/** The page of the inspector by itself, with two matches at once: nobody is asked but its own server. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { createInspectorBridge } from '../../src/inspect/index.js';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { violationsOn } from '../dashboard/accessibility.js';
import { launchBrowser, schemes, sizes, type Visit, visit } from '../dashboard/browser.js';
import { escapees } from '../dashboard/escapees.js';
import { afterTest } from '../kit/after-test.js';
import { say, startScriptedPlatform } from '../kit/scripted-platform.js';

/** Which lanes the arrow of each row begins and ends at, as it is drawn, and which it should. */
const arrows = `(() => {
  const centreOf = ({ left, right }) => (left + right) / 2;
  const lanes = [...document.querySelectorAll('.lanes li')].map((lane) => ({
    name: lane.title,
    at: centreOf(lane.getBoundingClientRect()),
  }));
  const laneAt = (x) => lanes.find(({ at }) => Math.abs(at - x) < 2)?.name;
  return [...document.querySelectorAll('.events li')].map((row) => {
    const arrow = row.querySelector('.arrow');
    const { left, right } = arrow.getBoundingClientRect();
    const isBack = arrow.classList.contains('back');
    const isSelf = arrow.classList.contains('self');
    return {
      type: row.querySelector('button').textContent,
      drawn: [laneAt(isBack ? right : left), laneAt(isSelf || isBack ? left : right)],
      said: row.querySelector('.way').textContent,
    };
  });
})()`;

interface Arrow {
  type: string;
  drawn: [string, string];
  said: string;
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** A session with the matches m1 and m2, and the page that looks at it. */
async function lookAtTwo(size?: keyof typeof sizes) {
  const platform = await startScriptedPlatform();
  const bridge = await createInspectorBridge();
  const agent = platform.agent({ decide: () => ({ action: 'call' }) }, { drainGraceMs: 0 });
  bridge.attach(agent.actor);
  const done = agent.start();
  const lobby = await platform.lobby();
  const seen: Visit = await visit(browser, bridge.url, size);
  afterTest(async () => {
    await seen.close();
    await agent.stop({ graceMs: 0 });
    await done;
    await bridge.close();
    await platform.close();
  });
  const seatAt = async (matchId: string) => {
    lobby.say(say.matched(matchId));
    const seat = await platform.seat();
    seat.say(say.matchStart());
    return seat;
  };
  const [first, second] = [await seatAt('m1'), await seatAt('m2')];
  await seen.page.getByRole('treeitem', { name: 'match:m2 playing · watching' }).waitFor();
  return { ...seen, bridge, first, second };
}

const treeOf = (page: Page) =>
  page
    .getByRole('treeitem')
    .evaluateAll((items) =>
      items.map((item) => `${item.ariaLevel} ${item.innerText.split(/\s+/).join(' ').trim()}`),
    );

describe('the page of the inspector', () => {
  it('shows the actors of two matches as a tree, with their states', async () => {
    const { page, first, second, troubles, strangers } = await lookAtTwo();
    const below = (state: string) => [`2 match:${state}`, '3 reporter runs', '3 bot runs', '3 socket runs'];
    expect(await treeOf(page)).toEqual([
      '1 lobby listening',
      '2 reporter runs',
      '2 socket runs',
      ...below('m1 playing · watching'),
      ...below('m2 playing · watching'),
    ]);
    second.say(say.matchEnd());
    await page.getByRole('treeitem', { name: 'match:m2 done' }).waitFor();
    first.say(say.turn('r1'));
    await first.hear();
    expect((await treeOf(page)).slice(3)).toEqual([...below('m1 playing · watching'), '2 match:m2 done']);
    await page.getByText('1 live match').waitFor();
    expect([troubles, strangers]).toEqual([[], []]);
  });

  it('draws the events of two matches as a sequence, each between its own actors', async () => {
    const { page, first, second, picture } = await lookAtTwo('wide');
    const turns = [first, second, first].entries();
    for (const [n, seat] of turns) {
      seat.say(say.turn(`r${n}`));
      await seat.hear();
    }
    await expect.poll(() => page.getByRole('button', { name: 'bot.decided' }).count()).toBe(3);
    await picture('inspector-sequence');
    const seen = (await page.evaluate<Arrow[]>(arrows)).filter(({ type }) =>
      ['frame.turn_request', 'bot.decide', 'bot.decided', 'socket.send'].includes(type),
    );
    const turnOf = (match: string) => [
      ['frame.turn_request', `socket of match:${match}`, `match:${match}`],
      ['bot.decide', `match:${match}`, `bot of match:${match}`],
      ['bot.decided', `bot of match:${match}`, `match:${match}`],
      ['socket.send', `match:${match}`, `socket of match:${match}`],
    ];
    const expected = [...turnOf('m1'), ...turnOf('m2'), ...turnOf('m1')];
    const turnsSeen = seen.slice(-expected.length);
    expect(turnsSeen.map(({ type, drawn }) => [type, ...drawn])).toEqual(expected);
    expect(turnsSeen.map(({ said }) => said)).toEqual(expected.map(([, from, to]) => `${from} → ${to}`));
  });

  it('keeps the last hundred events', async () => {
    const { page, first } = await lookAtTwo();
    for (let n = 0; n < 30; n += 1) {
      first.say(say.turn(`r${n}`));
      await first.hear();
    }
    await page.getByRole('listitem').filter({ hasText: 'frame.turn_request' }).last().waitFor();
    await expect.poll(() => page.locator('.events li').count()).toBe(100);
  });

  it('is worked with the keyboard: a match is chosen, and an event looked at', async () => {
    const { page } = await lookAtTwo();
    await page.getByRole('treeitem', { name: 'lobby' }).focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowDown'])
      await page.keyboard.press(key);
    // The first match is closed: the next line is the other one.
    await page.keyboard.press('Enter');
    const chosen = page.getByRole('treeitem', { selected: true });
    expect(await chosen.innerText()).toContain('match:m2');
    await page.getByText('of match:m2', { exact: true }).waitFor();
    const ways = (await page.evaluate<Arrow[]>(arrows)).map(({ said }) => said);
    expect(ways.length).toBeGreaterThan(3);
    expect(ways.filter((way) => !way.includes('match:m2'))).toEqual([]);
    expect(await page.locator('#details').innerText()).toContain('"matchId": "m2"');
    const event = page.getByRole('button', { name: 'frame.match_start' });
    await event.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#details').innerText()).toContain('"type": "frame.match_start"');
    await page.getByRole('button', { name: 'Show all actors' }).click();
    await page.getByText('the last hundred', { exact: true }).waitFor();
  });

  it('has each chart as a file that Stately Studio imports', async () => {
    const { page } = await lookAtTwo();
    expect(await page.locator('#charts b').allInnerTexts()).toEqual(['lobby', 'match']);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'lobby.ts' }).click();
    const download = await downloading;
    const source = readFileSync(await download.path(), 'utf8');
    const body = source.replace(/^import .*$/m, '').replace('export const lobbyMachine =', 'return');
    // oxlint-disable-next-line typescript/no-implied-eval -- that it is code is what is tested
    const made = new Function('createMachine', body)(createMachine) as typeof lobbyMachine;
    expect(Object.keys(made.states)).toEqual(Object.keys(lobbyMachine.states));
  });

  it('says when the session is over, and keeps what it showed', async () => {
    const { page, bridge } = await lookAtTwo();
    await bridge.close();
    await page.getByText('The session is over.').waitFor();
    expect((await treeOf(page)).length).toBe(11);
  });

  it.each(Object.keys(sizes) as (keyof typeof sizes)[])(
    'keeps everything in its panel on a %s window and reads well, in both themes',
    async (size) => {
      const { page, picture, turnTo, troubles } = await lookAtTwo(size);
      for (const scheme of schemes) {
        await turnTo(scheme);
        await picture('inspector');
        expect(await page.evaluate(escapees)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
        expect(await violationsOn(page)).toEqual([]);
      }
      expect(troubles).toEqual([]);
    },
  );
});
