import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InspectionEvent } from 'xstate';
import { Action } from '../../src/holdem/action.js';
import { createLogger, logEvents } from '../../src/io/reports/logger.js';
import type { WireFrame } from '../../src/protocol/frames.js';
import { watchEvents } from '../kit/agent.js';
import { findText } from '../kit/find-text.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';

/** Finds it also with characters in it that somebody may drop later. */
function findSpread(text: string): typeof find {
  const find = findText(text);
  return (value, name) => {
    const spread = typeof value === 'string' ? value : JSON.stringify(value, replacer());
    const dropped = (spread ?? '').replace(/\\u[\da-f]{4}|\\[bfnrt]|[\p{C}\p{M}]/gu, '');
    return [...find(value, name), ...find(dropped, `${name}, without what is not shown`)];
  };
}

/** An object may be in itself, as machines are. */
function replacer() {
  const seen = new Set<unknown>();
  return (_key: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (seen.has(value)) return null;
    seen.add(value);
    return value;
  };
}

describe('the token', () => {
  let platform: Awaited<ReturnType<typeof startScriptedPlatform>>;
  let folder: string;
  const home = process.cwd();

  beforeEach(async () => {
    platform = await startScriptedPlatform();
    folder = await mkdtemp(join(tmpdir(), 'chipzen-'));
    process.chdir(folder);
  });

  afterEach(async () => {
    process.chdir(home);
    await platform.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['', testToken],
    [' with a line feed in it', `${testToken.slice(0, 3)}\n${testToken.slice(3)}`],
    [
      ' with C1, bidi, invisible and combining characters',
      `${testToken.slice(0, 3)}\u009b\u202e${testToken.slice(3, 10)}\u200b\u0301${testToken.slice(10)}`,
    ],
  ])(
    'leaves in the two places it belongs and shows nowhere else, even if the server echoes it everywhere%s',
    async (_how, echoed) => {
      const find = findSpread(testToken);
      const found: string[] = [];
      let inspections = 0;
      const logged: string[] = [];
      const inspected: StatelyInspectionEvent[] = [];
      const events = watchEvents();
      const logger = createLogger({
        level: 'trace',
        secrets: [testToken],
        destination: { write: (line) => void logged.push(line) },
      });
      const log = logEvents(logger);
      const inspector = createInspector({ send: (event) => void inspected.push(event) });
      const hooks: unknown[] = [];
      const frames: WireFrame[] = [];
      const bot = {
        decide(...call: unknown[]) {
          hooks.push(call);
          return Action.call();
        },
        onMatchStart: (frame: unknown) => void hooks.push(frame),
        onMatchEnd: (frame: unknown) => void hooks.push(frame),
      };
      const agent = platform.agent(bot, {
        drainGraceMs: 0,
        onEvent: (event) => {
          events.onEvent(event);
          log(event);
        },
        onFrame: (frame) => void frames.push(frame),
        inspect: {
          next: (event: InspectionEvent) => {
            inspections += 1;
            found.push(...find(event, event.type));
            inspector.inspect.next?.(event);
          },
        },
      });
      const done = agent.start();
      const lobby = await platform.lobby();
      const echo = { note: echoed, [echoed]: { deep: [echoed] } };
      lobby.say({ type: 'error', code: 'x', message: `bad token ${echoed}` });
      lobby.say({ type: echoed });
      lobby.say(say.matched('m1', echo));
      const seat = await platform.seat();
      seat.say({ ...say.matchStart(), ...echo });
      seat.say({ type: 'error', code: echoed, message: echoed });
      seat.say(say.turn('r1', echo));
      await seat.hear();
      found.push(...find(agent, 'agent'), ...find(agent.actor.getSnapshot(), 'snapshot'));
      found.push(...find(JSON.stringify(agent.actor.getPersistedSnapshot()), 'persisted snapshot'));
      seat.close(1011, echoed);
      await events.next('match.retrying');
      lobby.close(4001, `no: ${echoed}`);
      const error: unknown = await done.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'authentication_failed' });
      found.push(
        ...find(error, 'error'),
        ...find((error as Error).stack, 'stack'),
        ...find(events.all, 'events'),
      );
      found.push(...find(hooks, 'hooks'), ...find(logged, 'log'), ...find(inspected, 'inspector'));
      found.push(...find(frames, 'frames'));

      expect(found).toEqual([]);
      expect(inspections).toBeGreaterThan(50);
      expect(logged.length).toBeGreaterThan(5);
      expect(inspected.length).toBeGreaterThan(10);
      expect(frames.map(({ direction, frame }) => `${direction} ${frame.type}`)).toEqual([
        'out authenticate',
        'in hello',
        'in error',
        'in matched',
        'out authenticate',
        'in hello',
        'out hello',
        'in match_start',
        'in error',
        'in turn_request',
        'out turn_action',
      ]);
      expect(await readdir(folder)).toEqual([]);

      const upgrades = platform.upgrades.all;
      expect(upgrades.filter(({ path }) => path.includes(testToken))).toEqual([]);
      expect(
        upgrades.map(({ headers }) =>
          Object.keys(headers).filter((name) => headers[name]?.includes(testToken)),
        ),
      ).toEqual([[], ['sec-websocket-protocol']]);
      expect(lobby.heard()).toEqual([{ type: 'authenticate', token: testToken }]);
      expect(JSON.stringify(seat.heard())).not.toContain(testToken);
    },
  );

  it('stays where the user put it: reading a chipzen.toml writes nothing', async () => {
    const path = join(folder, 'chipzen.toml');
    const { writeFile } = await import('node:fs/promises');
    const text = `[external_api]\ntoken = "${testToken}"\nurl = "${platform.lobbyUrl}"\n`;
    await writeFile(path, text, { mode: 0o600 });
    const { createAgent } = await import('../../src/agent/agent.js');
    const agent = createAgent({ decide: () => Action.fold() }, {}, { env: {} });
    void agent.start();
    const lobby = await platform.peer();
    expect(await lobby.hear()).toEqual({ type: 'authenticate', token: testToken });
    await agent.stop();
    expect(await readdir(folder)).toEqual(['chipzen.toml']);
    expect(await readFile(path, 'utf8')).toBe(text);
  });
});
