/** `onFrame` of an agent and of a known match. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBot } from '../../src/agent/run-bot.js';
import { Action } from '../../src/holdem/action.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { WireFrame } from '../../src/protocol/frames.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { startAgent, watchEvents } from '../kit/agent.js';
import { createBotFolder } from '../kit/bot-folder.js';
import { openPlatform } from '../kit/platform.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';

const caller = { decide: () => Action.call() };
const inShort = ({ matchId, direction, frame }: WireFrame): string => `${matchId} ${direction} ${frame.type}`;

describe('the frames of a session', () => {
  let platform: Awaited<ReturnType<typeof startScriptedPlatform>>;
  let clock: ReturnType<typeof createVirtualClock>;
  let events: ReturnType<typeof watchEvents>;
  let frames: WireFrame[];
  const onFrame = (frame: WireFrame): void => void frames.push(frame);

  beforeEach(async () => {
    platform = await startScriptedPlatform();
    clock = createVirtualClock();
    events = watchEvents();
    frames = [];
  });
  afterEach(() => platform.close());

  function agent(options: AgentOptions = {}) {
    const times = { now: clock.now, wallNow: () => clock.now() - 3_600_000 };
    return platform.agent(
      caller,
      { onEvent: events.onEvent, maxMatches: 1, ...options },
      { clock, ...times },
    );
  }

  /** One match of one turn. */
  async function play(running: ReturnType<typeof agent>, onSeated: () => void = () => undefined) {
    const done = running.start();
    const lobby = await platform.lobby();
    lobby.say({ type: 'ping' });
    await lobby.hear();
    lobby.say(say.matched());
    const seat = await platform.seat();
    await events.next('match.connected');
    onSeated();
    seat.say(say.turn('r1'));
    await seat.hear();
    seat.say(say.matchEnd());
    return done;
  }

  it('are told in both directions, of the lobby and of its matches, on the wall clock', async () => {
    expect(await play(agent({ onFrame }))).toMatchObject([{ outcome: 'completed', turns: 1 }]);
    expect(frames.map(inShort)).toEqual([
      'null out authenticate',
      'null in hello',
      'null in ping',
      'null out pong',
      'null in matched',
      'm1 out authenticate',
      'm1 in hello',
      'm1 out hello',
      'm1 in turn_request',
      'm1 out turn_action',
      'm1 in match_end',
    ]);
    expect(frames[8]).toEqual({
      matchId: 'm1',
      direction: 'in',
      frame: say.turn('r1'),
      at: clock.now() - 3_600_000,
    });
    expect(frames[9]?.frame).toEqual({
      type: 'turn_action',
      match_id: 'm1',
      request_id: 'r1',
      action: 'call',
    });
    expect(JSON.stringify(frames)).not.toContain(testToken);
  });

  it('are told from when somebody subscribes until the subscription ends', async () => {
    const running = agent();
    const other: WireFrame[] = [];
    const leave = running.onFrame(onFrame);
    await play(running, () => {
      leave();
      running.onFrame((frame) => void other.push(frame));
    });
    expect(frames.map(inShort).at(-1)).toBe('m1 out hello');
    expect(other.map(inShort)).toEqual(['m1 in turn_request', 'm1 out turn_action', 'm1 in match_end']);
  });

  it('come before the events of what they brought about', async () => {
    const order: string[] = [];
    await play(
      agent({
        onFrame: ({ direction, frame }) => void order.push(`${direction} ${frame.type}`),
        onEvent: (event) => {
          events.onEvent(event);
          order.push(event.type);
        },
      }),
    );
    expect(order.slice(order.indexOf('in turn_request'))).toEqual([
      'in turn_request',
      'turn.requested',
      'out turn_action',
      'turn.answered',
      'in match_end',
      'match.ended',
      'lobby.draining',
      'lobby.ended',
    ]);
  });

  it('end no match when a listener throws, which is reported once', async () => {
    const noEar = () => {
      throw new Error('no ear');
    };
    expect(await play(agent({ onFrame: noEar }))).toMatchObject([{ outcome: 'completed' }]);
    expect(events.all.filter(({ type }) => type === 'config.warning')).toMatchObject([
      { message: "A listener of the agent's frames failed: no ear" },
    ]);
  });

  it('may be what somebody stops the session at', async () => {
    const running = agent({
      onFrame: ({ frame }) => frame.type === 'turn_request' && void running.stop({ graceMs: 0 }),
    });
    const done = running.start();
    (await platform.lobby()).say(say.matched());
    (await platform.seat()).say(say.turn('r1'));
    expect(await done).toMatchObject([{ abandonReason: 'cut', turns: 0 }]);
  });

  it('are told of a known match, too', async () => {
    const running = runBot(`${platform.url}/ws/match/m1/p1`, caller, {
      ticket: 'a-ticket-of-this-match',
      onFrame,
    });
    const seat = await platform.seat();
    seat.say(say.matchEnd());
    await running;
    expect(frames.map(inShort)).toEqual([
      'm1 out authenticate',
      'm1 in hello',
      'm1 out hello',
      'm1 in match_end',
    ]);
    expect(frames[0]?.frame).toEqual({ type: 'authenticate', match_id: 'm1', ticket: '[token]' });
  });
});

it.each(['none', 'worker', 'process'] as const)(
  'the frames of a bot with isolation %s are told',
  async (isolate) => {
    const folder = createBotFolder();
    const { sandbox } = await openPlatform({ seed: 'frames', maxHands: 2 });
    const me = sandbox.addBot({ name: 'me' });
    const frames: WireFrame[] = [];
    const { agent, done } = startAgent(
      { module: folder.botFile('decide(state) { return passive(state); }') },
      me,
      { maxMatches: 1, isolate, onFrame: (frame) => void frames.push(frame) },
    );
    await expect.poll(() => agent.actor.getSnapshot().value, { timeout: 15_000 }).toBe('listening');
    await sandbox.dispatch(me.botId);
    const [result] = await done;
    const count = (direction: string, type: string): number =>
      frames.filter((told) => told.direction === direction && told.frame.type === type).length;
    expect(result).toMatchObject({ outcome: 'completed' });
    expect([count('in', 'turn_request'), count('out', 'turn_action'), count('in', 'match_end')]).toEqual([
      result?.turns,
      result?.turns,
      1,
    ]);
  },
);
