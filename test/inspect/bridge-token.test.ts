import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInspectorBridge } from '../../src/inspect/index.js';
import { watchEvents } from '../kit/agent.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';
import { openEventStream } from './event-stream.js';

describe('what the inspector is told', () => {
  let platform: Awaited<ReturnType<typeof startScriptedPlatform>>;
  beforeEach(async () => {
    platform = await startScriptedPlatform();
  });
  afterEach(() => platform.close());

  /** A session in which the server, the bot and a stranger say the token wherever they can. */
  async function playWithEchoes(hideCards: boolean): Promise<string> {
    const bridge = await createInspectorBridge({ hideCards, secrets: [testToken] });
    const stream = await openEventStream(bridge.url);
    const events = watchEvents();
    /** Waits until the viewer is told, so that nothing of what follows is too much at once. */
    const seen = (name: string) =>
      stream.until((event) => event.type === '@xstate.event' && event.event.type === name);
    const bot = {
      decide() {
        throw new Error(`my ${testToken} and Qh`);
      },
    };
    const agent = platform.agent(bot, { drainGraceMs: 0, onEvent: events.onEvent, inspect: bridge.inspect });
    const done = agent.start().catch((error: unknown) => error);
    const lobby = await platform.lobby();
    const escaped = testToken.replace('c', String.raw`\u0063`);
    const echo = { note: testToken, [testToken]: { deep: [testToken, `{"t":"${escaped}"}`] } };
    lobby.say({ type: 'error', code: 'x', message: `bad token ${testToken}` });
    lobby.say({ type: testToken });
    lobby.say(say.matched('m1', echo));
    const seat = await platform.seat();
    await seen('match.connected');
    seat.say({ ...say.matchStart(), ...echo });
    seat.say(
      say.turn('r1', { ...echo, state: { your_hole_cards: ['Ah', 'Kd'], board: ['2c', '7h', 'Td'] } }),
    );
    await seat.hear();
    await seen('turn.answered');
    // Who comes late is told the same.
    const late = await openEventStream(bridge.url);
    await late.until(({ type }) => type === '@xstate.actor');
    seat.close(1011, testToken);
    await events.next('match.retrying');
    lobby.close(4001, `no: ${testToken}`);
    expect(await done).toMatchObject({ code: 'authentication_failed' });
    await bridge.close();
    await Promise.all([stream.rest(), late.rest()]);
    return stream.text() + late.text();
  }

  it('has no token in it, whoever says it', async () => {
    const text = await playWithEchoes(false);
    // The search would find it: this is told, and so are the cards.
    const told = [
      'authentication_failed',
      'frame.turn_request',
      '[token]',
      '["Ah","Kd"]',
      '["2c","7h","Td"]',
    ];
    expect(told.filter((part) => !text.includes(part))).toEqual([]);
    expect(text.includes(testToken.slice(10))).toBe(false);
  });

  it('has no hole cards in it when they are to be hidden', async () => {
    const text = await playWithEchoes(true);
    const told = ['frame.turn_request', '[hidden]', '[card]', '["2c","7h","Td"]'];
    expect(told.filter((part) => !text.includes(part))).toEqual([]);
    expect(text.match(/"(?:Ah|Kd)"|Qh/g)).toBeNull();
  });
});
