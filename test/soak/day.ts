/** Hours of platform time in seconds: agent and sandbox on one virtual clock, over real sockets. */
import { createAgent } from '../../src/agent/agent.js';
import { createSandbox, createVirtualClock } from '../../src/sandbox/index.js';
import { shortGame } from '../kit/short-game.js';

const defaults = {
  /** Time passes in such steps, with room for the sockets in between. */
  stepMs: 5_000,
  turnsPerStep: 6,
  /** Of real time: sockets live in it, and on a busy machine they take some. */
  socketLimitMs: 5_000,
  matchEveryMs: 30 * 60_000,
} as const;

export interface Day {
  pings: number;
  pongs: number;
  /** Times that the agent lost its lobby. */
  lost: number;
  matches: number;
  completed: number;
  timersLeft: number;
}

/** A bot stays online for so many hours and plays a match every half an hour. */
export async function liveADay(hours: number): Promise<Day> {
  const clock = createVirtualClock();
  const day: Day = { pings: 0, pongs: 0, lost: 0, matches: 0, completed: 0, timersLeft: 0 };
  const sandbox = await createSandbox({
    port: 0,
    clock,
    seed: 'day',
    ...shortGame,
    maxHands: 3,
    onEvent(event) {
      if (event.type === 'lobby.ping') day.pings += 1;
      if (event.type === 'lobby.pong') day.pongs += 1;
    },
  });
  const { botId, token, lobbyUrl } = sandbox.addBot();
  let online = (): void => undefined;
  const isOnline = new Promise<void>((resolve) => {
    online = resolve;
  });
  const agent = createAgent(
    { decide: ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'fold' }) },
    {
      url: lobbyUrl,
      token,
      config: null,
      keepResults: 1,
      onEvent(event) {
        if (event.type === 'lobby.listening') online();
        if (event.type === 'lobby.lost') day.lost += 1;
        if (event.type === 'match.ended' && event.result.outcome === 'completed') day.completed += 1;
      },
    },
    { clock, now: () => clock.now(), env: {} },
  );
  const session = agent.start();
  await isOnline;

  const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));
  /** What is on its way must not be late by the virtual clock. */
  const socketsStandStill = async () => {
    const giveUpAt = performance.now() + defaults.socketLimitMs;
    while (day.pongs + day.lost < day.pings && performance.now() < giveUpAt) await turnOfTheLoop();
  };
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += defaults.stepMs) {
      clock.advance(Math.min(defaults.stepMs, ms - passed));
      for (let turn = 0; turn < defaults.turnsPerStep; turn += 1) await turnOfTheLoop();
      await socketsStandStill();
    }
  };

  for (let passed = 0; passed < hours * 3_600_000; passed += defaults.matchEveryMs) {
    day.matches += 1;
    const { matchId } = await sandbox.dispatch(botId);
    const over = new AbortController();
    void sandbox.result(matchId).then(() => over.abort());
    while (!over.signal.aborted) {
      clock.advance(100);
      await turnOfTheLoop();
      await socketsStandStill();
    }
    await pass(defaults.matchEveryMs);
  }

  await agent.stop({ graceMs: 0 });
  await session;
  await sandbox.close();
  // The agent's own end of its connections closes in these.
  for (let turn = 0; turn < 50; turn += 1) await turnOfTheLoop();
  day.timersLeft = clock.pending();
  return day;
}
