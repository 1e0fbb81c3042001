/** A network or a proxy that repeats frames, against bots on this thread and in threads of their own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.js';
import { watchEvents } from '../kit/agent.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';

describe('turns that come twice', () => {
  let dir: string;
  let platform: Awaited<ReturnType<typeof startScriptedPlatform>>;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'chipzen-repeated-'));
    platform = await startScriptedPlatform();
  });
  afterEach(async () => {
    await platform.close();
    rmSync(dir, { recursive: true });
  });

  it.each(['none', 'worker'] as const)(
    'are decided once, with the bot in isolation "%s"',
    async (isolate) => {
      const module = join(dir, 'bot.mjs');
      // It says how often it was asked.
      writeFileSync(
        module,
        "let asked = 0; export default class { decide() { asked += 1; return { action: 'raise', params: { amount: 20 + asked } }; } }",
      );
      const events = watchEvents();
      const options = { url: platform.lobbyUrl, token: testToken, config: null, isolate, maxMatches: 1 };
      const agent = createAgent({ module }, { ...options, onEvent: events.onEvent });
      const done = agent.start();
      const lobby = await platform.lobby();
      lobby.say(say.matched());
      const seat = await platform.seat();
      seat.say(say.matchStart());
      const ids = ['r1', 'r2', 'r3', 'r4', 'r5'];
      const answers: unknown[] = [];
      for (const [index, id] of ids.entries()) {
        const before = ids.slice(0, index);
        for (const each of [id, id, ...before, id]) seat.say(say.turn(each));
        let answer = await seat.hear();
        while (answer['request_id'] !== id) answer = await seat.hear();
        answers.push(answer['params']);
      }
      seat.say(say.matchEnd());
      const [result] = await done;
      expect(answers).toEqual([21, 22, 23, 24, 25].map((amount) => ({ amount })));
      expect(result).toMatchObject({ turns: 5, fallbacks: 0 });
      expect(events.types()).not.toContain('turn.late');
    },
  );
});
