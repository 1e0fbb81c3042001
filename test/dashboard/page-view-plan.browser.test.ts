/** What the bot has before it, on the built page in a real browser: at two sizes and in both themes. */
import { expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.js';
import { createDashboard } from '../../src/dashboard/index.js';
import type { AgentEvent, TimedAgentEvent } from '../../src/protocol/events.js';
import { afterTest } from '../kit/after-test.js';
import { caller, openPlatform } from '../kit/platform.js';
import { violationsOn } from './accessibility.js';
import { launchBrowser, schemes, visit } from './browser.js';
import { escapees } from './escapees.js';

const fixture = (opponent: string | null, inMinutes: number) => ({
  fixtureId: `${opponent}${inMinutes}`,
  toldId: null,
  startsAt: Date.now() + inMinutes * 60_000 + 30_000,
  opponent,
  decisionClockMs: 30_000,
  stage: null,
  round: null,
  isInvented: false,
});

const long = `birch-${'with-a-name-of-one-word-'.repeat(8)}`;

const planned = (): AgentEvent[] => [
  {
    type: 'fixture.listed',
    fixtures: [
      fixture('birch', 123),
      fixture(long, 1_500),
      ...[3, 4, 5, 6, 7].map((day) => fixture(null, day * 1_440)),
    ],
    message: null,
  },
  { type: 'queue.resting', why: 'playing', until: null, message: '' },
  {
    type: 'budget.changed',
    figures: {
      day: '2026-01-06',
      matches: 3,
      claims: 1,
      matchesLimit: 20,
      lobbyMs: 7_500_000,
      lobbyLimitMs: 28_800_000,
      lobbySince: null,
      reservedMs: 2_400_000,
      dials: 4,
    },
  },
  { type: 'rating.told', matchId: 'm', rating: 1617.4, deviation: 61.2 },
];

/** An agent that is not started, and what its page hears of it. */
async function open() {
  const { sandbox } = await openPlatform();
  const { token, lobbyUrl } = sandbox.addBot();
  const agent = createAgent(caller, { url: lobbyUrl, token, config: null }, { env: {} });
  let hear: (event: TimedAgentEvent) => void = () => undefined;
  const dashboard = await createDashboard({
    ...agent,
    on(listener) {
      hear = listener;
      return agent.on(listener);
    },
  });
  const browser = await launchBrowser();
  afterTest(async () => {
    await browser.close();
    await dashboard.close();
    await agent.stop({ graceMs: 0 });
  });
  return {
    browser,
    dashboard,
    tell: (...events: AgentEvent[]) => {
      for (const event of events) hear({ ...event, at: Date.now() });
    },
  };
}

it.each(['narrow', 'middle'] as const)('says what the bot has before it, on a %s page', async (size) => {
  const { browser, dashboard, tell } = await open();
  const { page, picture, turnTo, troubles, close } = await visit(browser, dashboard.url, size);
  await page.getByTestId('session-state').waitFor();
  expect(await page.getByTestId('plan').count()).toBe(0);

  tell(...planned());
  const plan = page.getByTestId('plan');
  await plan.getByText('birch in 2 h 3 min').first().waitFor();
  const text = await plan.innerText();
  for (const words of [
    'and 2 more',
    'resting: a match is live',
    '3 of 20 matches, 1 asked for',
    '2 h 5 min of 8 h in the lobby, 40 min kept for fixtures',
    '1617',
    'deviation 61',
  ]) {
    expect(text).toContain(words);
  }
  for (const scheme of schemes) {
    await turnTo(scheme);
    await picture('plan');
    expect(await page.evaluate(escapees)).toEqual([]);
    expect(await violationsOn(page)).toEqual([]);
  }

  tell({ type: 'queue.joined', position: 2, ttlMs: null });
  await plan.getByText(/^waiting for \d+ s, place 2$/).waitFor();
  tell({
    type: 'queue.refused',
    request: 'join',
    code: null,
    httpStatus: 429,
    delayMs: 1,
    message: 'too many',
  });
  await plan.getByText(/place 2 \(too many\)$/).waitFor();
  expect(troubles).toEqual([]);
  await close();
});
