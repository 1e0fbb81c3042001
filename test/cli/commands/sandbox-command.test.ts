import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { createAgent } from '../../../src/agent/agent.js';
import { parseBlinds } from '../../../src/cli/commands/arguments.js';
import { type SandboxFlags, sandbox } from '../../../src/cli/commands/sandbox-command.js';
import { runCli } from '../../../src/cli/program.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { type Client, goOnline, sitDown } from '../../kit/client.js';
import { freePort } from '../../kit/free-port.js';
import { openPlatform } from '../../kit/platform.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

const fold = { decide: () => ({ action: 'fold' }) };

/** What is printed between the two empty lines is a whole `chipzen.toml`. */
function printedConfig(out: string[]): { token: string; url: string } {
  const start = out.indexOf('') + 1;
  const text = out.slice(start, out.indexOf('', start)).join('\n');
  const document: unknown = parse(text);
  if (typeof document === 'object' && document !== null && 'external_api' in document) {
    const { token, url }: { token?: string; url?: string } = { ...Object(document.external_api) };
    if (token !== undefined && url !== undefined) return { token, url };
  }
  throw new Error(`no configuration in ${text}`);
}

/** The command on a clock that the test owns. */
function startCommand(more: Partial<SandboxFlags> = {}) {
  const clock = createVirtualClock();
  let tellReady = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    tellReady = resolve;
  });
  const io = fakeIo({}, (line) => /^A match against|"sandbox\.ready"/.test(line) && tellReady());
  const flags: SandboxFlags = {
    port: 0,
    seed: 'a',
    stack: 500,
    blinds: parseBlinds('1/2'),
    ante: 0,
    hands: 2,
    host: '127.0.0.1',
    speed: 1,
    opponent: [],
    bots: 1,
    ...more,
  };
  const code = sandbox(flags, io, clock);
  /** Lets time pass in small steps, with room for the sockets in between, until this comes true. */
  const passUntil = async (isDone: () => boolean) => {
    while (!isDone()) {
      clock.advance(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return {
    clock,
    io,
    code,
    ready,
    passUntil,
    config: async () => {
      await ready;
      return printedConfig(io.out());
    },
  };
}

function goOnlineWith({ token, url }: { token: string; url: string }): Promise<Client> {
  return goOnline({ token, lobbyUrl: url });
}

/** Everything that was sent to the client before has arrived. */
async function settled({ socket }: Client): Promise<void> {
  const answered = new Promise((resolve) => socket.once('pong', resolve));
  socket.ping();
  await answered;
}

describe('sandbox', () => {
  it('prints a chipzen.toml that works, and deals matches to the bot until all are played', async () => {
    const command = startCommand({ matches: 2 });
    const agent = createAgent(fold, { ...(await command.config()), config: null }, { env: {} });
    const session = agent.start();
    const matchLines = () => command.io.out().filter((line) => line.startsWith('match '));
    await command.passUntil(() => matchLines().length === 2);
    expect(await command.code).toBe(0);
    await agent.stop({ graceMs: 0 });
    await session;
    expect(matchLines()).toEqual([
      expect.stringMatching(/^match 1: complete, 2 hands, bot ([+-]\d+|0), calling-station ([+-]\d+|0)$/),
      expect.stringMatching(/^match 2: complete, 2 hands, bot ([+-]\d+|0), calling-station ([+-]\d+|0)$/),
    ]);
    expect(command.io.listeners()).toBe(0);
    expect(command.clock.pending()).toBe(0);
  });

  it('prints an event a line with --json: what a bot needs first, then what happens, and how to repeat it', async () => {
    const command = startCommand({ matches: 1, json: true });
    const events = () => command.io.out().map((line) => JSON.parse(line) as Record<string, unknown>);
    await command.ready;
    const [first = {}] = events();
    const [{ token, lobbyUrl: url }] = first['bots'] as [{ token: string; lobbyUrl: string }];
    const agent = createAgent(fold, { token, url, config: null }, { env: {} });
    const session = agent.start();
    await command.passUntil(() => command.io.out().some((line) => line.includes('"sandbox.played"')));
    expect(await command.code).toBe(0);
    await agent.stop({ graceMs: 0 });
    await session;
    expect(command.io.err()).toEqual([]);
    const told = events();
    expect(told.every(({ at }) => typeof at === 'number')).toBe(true);
    expect(told[0]).toMatchObject({ type: 'sandbox.ready', seed: 'a', opponents: ['calling-station'] });
    expect(told.filter(({ type }) => type === 'hand.ended')).toHaveLength(2);
    expect(told.find(({ type }) => type === 'sandbox.played')).toMatchObject({
      what: 'match 1',
      good: true,
      end: { reason: 'complete' },
    });
    expect(told.at(-1)).toMatchObject({
      type: 'sandbox.ended',
      failed: 0,
      faults: {},
      again: expect.stringMatching(/^chipzen-agent sandbox --port 0 .*--json --seed a$/),
    });
    // The token is in the line that is for the bot, and in no other.
    expect(command.io.out().filter((line) => line.includes(token))).toHaveLength(1);
  });

  it('announces no match before the bot has been online and idle for a second', async () => {
    const command = startCommand({ hands: 1 });
    const config = await command.config();
    const lobby = await goOnlineWith(config);
    command.clock.advance(999);
    await lobby.drop();
    const back = await goOnlineWith(config);
    command.clock.advance(999);
    await settled(back);
    expect([...lobby.frames, ...back.frames].map(({ type }) => type)).toEqual(['hello', 'hello']);
    command.clock.advance(1);
    const matched = await back.next();
    const seat = await sitDown(new URL(config.url).origin, matched, config.token);
    const { match_id, request_id } = await seat.until('turn_request');
    seat.say({ type: 'turn_action', match_id, request_id, action: 'fold' });
    await seat.until('turn_result');
    command.clock.advance(500);
    await seat.closed();
    command.clock.advance(999);
    await settled(back);
    expect(back.frames.filter(({ type }) => type === 'matched')).toHaveLength(1);
    command.clock.advance(1);
    expect(await back.next()).toMatchObject({ type: 'matched' });
    command.io.signal('SIGINT');
    expect(await command.code).toBe(0);
    expect(command.clock.pending()).toBe(0);
  });

  it('says who forfeited a match, and why', async () => {
    const command = startCommand({ matches: 1 });
    const config = await command.config();
    const lobby = await goOnlineWith(config);
    command.clock.advance(1_000);
    const matched = await lobby.next();
    const seat = await sitDown(new URL(config.url).origin, matched, config.token);
    await seat.until('turn_request');
    await seat.drop();
    await lobby.drop();
    await command.passUntil(() => command.io.out().some((line) => line.startsWith('match ')));
    expect(await command.code).toBe(1);
    const repeat = 'chipzen-agent sandbox --port 0 --stack 500 --blinds 1/2 --hands 2 --matches 1 --seed a';
    expect(command.io.out().slice(-4)).toEqual([
      'seat 0 forfeited (grace_expired); the sandbox plays for it',
      'match 1: forfeited by bot (grace_expired), 0 hands, bot -500, calling-station +500',
      `  to repeat it: ${repeat}`,
      `Again: ${repeat}`,
    ]);
  });

  it('says how to do the same again, with every flag that was given and no other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chipzen-sandbox-'));
    const flags = [
      `--port 0 --host localhost --format ranked --dialect documents --stack 700 --blinds 5/10,21:10/20`,
      `--hands 9 --clock 1.5 --ante 2 --opponent equity --opponent random --bots 2 --matches 3 --speed 0.5`,
      `--limits platform --state ${join(folder, 'state')} --chaos refusals --seed s`,
      `--write-config ${join(folder, 'chipzen.toml')}`,
    ].join(' ');
    const again = async (...args: string[]) => {
      const io = fakeIo({}, (line) => {
        if (line.startsWith('A match against')) setImmediate(() => io.signal('SIGINT'));
      });
      expect([await runCli(['sandbox', ...args], io), io.err()]).toEqual([0, []]);
      return (io.out().at(-1) ?? '').split(' ');
    };
    const given = flags.split(' ');
    const shown = await again(...given);
    expect(shown.slice(0, 3)).toEqual(['Again:', 'chipzen-agent', 'sandbox']);
    expect(shown.slice(3).toSorted()).toEqual(given.toSorted());
    // The same words mean the same: read once more, they are printed as they were.
    expect(await again(...shown.slice(3))).toEqual(shown);
    expect((await again('--port', '0')).slice(3, -1)).toEqual(['--port', '0', '--seed']);
    rmSync(folder, { recursive: true });
  });

  it('writes the chipzen.toml for its owner alone, takes it away at the end, and replaces none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chipzen-sandbox-'));
    const file = join(folder, 'chipzen.toml');
    const seen: unknown[] = [];
    const io = fakeIo({}, (line) => {
      if (!line.startsWith('A match against')) return;
      seen.push(readFileSync(file, 'utf8').split('\n')[1], (statSync(file).mode & 0o777).toString(8));
      setImmediate(() => io.signal('SIGINT'));
    });
    expect(await runCli(['sandbox', '--port', '0', '--write-config', file], io)).toBe(0);
    expect(seen).toEqual(['[external_api]', '600']);
    expect(existsSync(file)).toBe(false);

    writeFileSync(file, 'mine');
    const again = fakeIo();
    expect(await runCli(['sandbox', '--port', '0', '--write-config', file], again)).toBe(2);
    expect(again.err()).toEqual([
      `chipzen-agent: ${file} is there already and may hold a token of yours. Move it away, or write to another file.`,
    ]);
    expect([again.out(), readFileSync(file, 'utf8')]).toEqual([[], 'mine']);
    rmSync(folder, { recursive: true });
  });

  it('replaces the chipzen.toml of a sandbox that is gone, and none of one that answers', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chipzen-sandbox-'));
    const file = join(folder, 'chipzen.toml');
    const leftBy = (port: number, token = 'cz_extbot_left') =>
      `# Play money: this token is good for this sandbox only, and without --state only until it ends.\n[external_api]\ntoken = "${token}"\nurl = "ws://127.0.0.1:${port}/ws/external/bot/b"\n`;
    const run = async (port = 0) => {
      const seen: string[] = [];
      const io = fakeIo({}, (line) => {
        if (!line.startsWith('A match against')) return;
        seen.push(readFileSync(file, 'utf8'));
        setImmediate(() => io.signal('SIGINT'));
      });
      const args = ['sandbox', '--port', String(port), '--write-config', file];
      return { code: await runCli(args, io), seen, err: io.err() };
    };
    const own = /^# Play money.*\n\[external_api\]\ntoken = "cz_extbot_\w{32}"\n/;

    const port = await freePort();
    // Of the port that is ours now, and of one that is only for the system.
    for (const { left, ours } of [
      { left: leftBy(port), ours: port },
      { left: leftBy(1), ours: 0 },
    ]) {
      writeFileSync(file, left);
      expect(await run(ours)).toEqual({ code: 0, seen: [expect.stringMatching(own)], err: [] });
      expect(readdirSync(folder)).toEqual([]);
    }

    const other = (await openPlatform()).sandbox;
    writeFileSync(file, leftBy(other.port));
    expect((await run()).err).toEqual([
      `chipzen-agent: ${file} is for a sandbox at 127.0.0.1:${other.port}, where something answers. End that sandbox, or write to another file.`,
    ]);
    // An edited one is no longer ours.
    for (const text of [`${leftBy(1)}bot_id = "b"\n`, leftBy(1).replace('ws://', 'wss://')]) {
      writeFileSync(file, text);
      expect(await run()).toMatchObject({ code: 2, err: [expect.stringContaining('may hold a token')] });
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
    rmSync(folder, { recursive: true });
  });

  it('ends with Ctrl-C while it waits for the bot', async () => {
    const io = fakeIo({}, (line) => {
      if (line.startsWith('A match against')) setImmediate(() => io.signal('SIGINT'));
    });
    expect(await runCli(['sandbox', '--port', '0'], io)).toBe(0);
    expect(io.err()).toEqual([]);
  });

  it('ends with 2 when its port is taken', async () => {
    const other = (await openPlatform()).sandbox;
    const io = fakeIo();
    expect(await runCli(['sandbox', '--port', String(other.port)], io)).toBe(2);
    expect(io.err()).toEqual([
      `chipzen-agent: Port ${other.port} is in use. Choose another one with --port.`,
    ]);
  });
});
