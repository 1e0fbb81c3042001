import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { runCli } from '../../../src/cli/program.js';
import { openPlatform } from '../../kit/platform.js';
import { type FakeIo, fakeIo } from '../surroundings/fake-surroundings.js';

const token = 'cz_extbot_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const hello = {
  type: 'hello',
  endpoint: 'lobby',
  seq: 1,
  supported_versions: ['1.0'],
  selected_version: '1.0',
};

let dir: string;
let bot: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-run-'));
  bot = join(dir, 'bot.mjs');
  writeFileSync(bot, `export default { decide: () => ({ action: 'fold' }) };`);
});
afterAll(() => rmSync(dir, { recursive: true }));

let server: WebSocketServer;
let url: string;
let logins: string[];
/** What the lobby does with a connection that has authenticated. */
let answer: (socket: WebSocket) => void;

beforeEach(async () => {
  logins = [];
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.once('message', (data: Buffer) => {
      logins.push(data.toString());
      answer(socket);
    });
  });
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  url = `ws://127.0.0.1:${address.port}/ws/external/bot/b`;
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

const say = (socket: WebSocket, frame: object) => socket.send(JSON.stringify(frame));

/** An io that sends the signal as soon as the agent says that it is online. */
function stoppedWhenOnline(online: (line: string) => boolean): FakeIo {
  const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url }, (line) => {
    if (online(line)) io.signal('SIGINT');
  });
  return io;
}

/** The line of an error that is made in this file. */
const withoutPlace = (line: string): string => line.replace(/\(test\/\S+\.test\.ts:\d+\)/, '(PLACE)');

describe('run', () => {
  it.each([['process'], ['none']])(
    'seats the bot that --bot-class names, with isolation %s',
    async (isolate) => {
      answer = (socket) => say(socket, hello);
      const two = join(dir, 'two.mjs');
      const name = (text: string) =>
        `export class ${text} { constructor() { console.log('this is ${text}'); } decide() {} }`;
      writeFileSync(two, `${name('One')} ${name('Two')}`);
      const io = stoppedWhenOnline((line) => line.startsWith('online'));
      expect(await runCli(['run', two, '--bot-class', 'Two', '--isolate', isolate], io)).toBe(0);
      expect(io.err().join()).not.toContain('this is One');
      const unnamed = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url });
      expect(await runCli(['run', two, '--isolate', isolate], unnamed)).toBe(6);
      expect(unnamed.err()).toEqual([
        `chipzen-agent: ${two} exports several bots: One (a class) and Two (a class). Name one as FILE#NAME or with --bot-class NAME (in a program: export), or export it as default.`,
      ]);
    },
  );

  it('leaves --bot-class to the workers', async () => {
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url });
    expect(await runCli(['run', '--nats', 'nats://127.0.0.1:1', '--bot-class', 'Two'], io)).toBe(2);
    expect(io.err()).toEqual(['chipzen-agent: With --nats the workers have the bot: give them --bot-class.']);
  });

  it('is online until Ctrl-C, says what happens, and ends with 0', async () => {
    answer = (socket) => say(socket, hello);
    const io = stoppedWhenOnline((line) => line.startsWith('online'));
    expect(await runCli(['run', bot], io)).toBe(0);
    expect(io.out()).toEqual([
      `connecting to ${url}`,
      'online, waiting for matches',
      'ending: told to stop',
      'session over: 0 completed, 0 abandoned; told to stop',
    ]);
    expect(io.err()).toEqual([
      'SIGINT: taking no more matches; live ones may go on for 5 s. Once more cuts them now.',
    ]);
    expect(logins).toEqual([JSON.stringify({ type: 'authenticate', token })]);
    expect(io.listeners()).toBe(0);
  });

  it('drains at SIGHUP too', async () => {
    answer = (socket) => say(socket, hello);
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url }, (line) => {
      if (line.startsWith('online')) io.signal('SIGHUP');
    });
    expect(await runCli(['run', bot], io)).toBe(0);
    expect(io.err()[0]).toMatch(/^SIGHUP: taking no more matches/);
  });

  it('plays on when the bot fails outside of its hooks, and tells the first ten times', async () => {
    answer = (socket) => say(socket, hello);
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url }, (line) => {
      if (!line.startsWith('online')) return;
      io.stray(new TypeError(`no\u0007 model for ${token}\nsecond line`));
      for (let i = 0; i < 20; i += 1) io.stray(Object.create(null));
      io.signal('SIGINT');
    });
    expect(await runCli(['run', bot], io)).toBe(0);
    const again = 'warning: the bot failed outside of its hooks: an error without a text; playing on';
    expect(io.err().map(withoutPlace)).toEqual([
      'warning: the bot failed outside of its hooks: TypeError: no model for [token] (PLACE); playing on',
      ...Array.from({ length: 8 }, () => again),
      `${again}; further ones are not reported`,
      'SIGINT: taking no more matches; live ones may go on for 5 s. Once more cuts them now.',
    ]);
    expect(io.listeners()).toBe(0);
  });

  it('ends with 6 when the bot fails outside of its hooks with --no-safe-mode', async () => {
    answer = (socket) => say(socket, hello);
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url }, (line) => {
      if (line.startsWith('online')) io.stray(new Error(`no model for ${token}`));
    });
    expect(await runCli(['run', bot, '--no-safe-mode'], io)).toBe(6);
    expect(io.err().map(withoutPlace)).toEqual([
      'chipzen-agent: The bot failed outside of its hooks: no model for [token] (PLACE)',
      'Run again with --verbose to see where it came from.',
    ]);
    expect(io.listeners()).toBe(0);
  });

  it.each([
    [
      'class { play() {} }',
      ['The bot class has no decide(state). Add that method: it chooses the action of each turn.'],
    ],
    [
      `class { constructor() { throw new RangeError('no model file'); } decide() {} }`,
      [
        'The bot could not be made: RangeError: no model file (BOT:1)',
        'Run again with --verbose to see where it came from.',
      ],
    ],
    [
      '() => 5',
      [
        'The bot factory returned a value of type number. A bare function is taken for a factory that returns a bot; to give only decide, pass { decide }.',
      ],
    ],
    [
      `async () => { throw 'no luck'; }`,
      ['The bot could not be made: no luck', 'Run again with --verbose to see where it came from.'],
    ],
  ])('ends with 6 before anything is dialed for a bot like %s', async (source, [first, ...rest]) => {
    for (const mode of ['worker', 'none']) {
      const junk = join(dir, `junk-${encodeURIComponent(source).length}.mjs`);
      writeFileSync(junk, `export default ${source};`);
      const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url });
      expect(await runCli(['run', junk, '--isolate', mode], io)).toBe(6);
      expect({ mode, out: io.out(), err: io.err() }).toEqual({
        mode,
        out: [],
        err: [`chipzen-agent: ${first?.replace('BOT', junk)}`, ...rest],
      });
      expect(io.listeners()).toBe(0);
    }
  });

  it('cuts live matches at the second Ctrl-C', async () => {
    answer = (socket) => {
      say(socket, hello);
      // The gateway never answers: its connection stays in the handshake.
      say(socket, {
        type: 'matched',
        match_id: 'm-1',
        participant_id: 'p',
        gateway_ws_url: '/ws/external/match/m-1/p',
        rated: false,
      });
    };
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url }, (line) => {
      const { type } = JSON.parse(line);
      if (type === 'match.announced') setImmediate(() => io.signal('SIGTERM'));
      if (type === 'lobby.draining') setImmediate(() => io.signal('SIGTERM'));
    });
    expect(await runCli(['run', bot, '--json', '--drain-grace', '3600'], io)).toBe(0);
    expect(io.err()).toEqual([
      'SIGTERM: taking no more matches; live ones may go on for 3600 s. Once more cuts them now.',
      'SIGTERM: cutting live matches.',
    ]);
    const ended = io
      .out()
      .map((line) => JSON.parse(line))
      .find(({ type }) => type === 'match.ended');
    expect(ended.result).toMatchObject({
      matchId: 'm-1',
      outcome: 'abandoned',
      abandonReason: 'cut',
      end: null,
    });
  });

  it('ends with 3 and one sentence when the token is refused', async () => {
    answer = (socket) => socket.close(4001, 'bad token');
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url });
    expect(await runCli(['run', bot], io)).toBe(3);
    expect(io.err()).toHaveLength(1);
    expect(io.err()[0]).toMatch(/^chipzen-agent: /);
    expect(logins).toHaveLength(1);
  });

  it.each([
    [[]],
    [['--json']],
    [['--log-level', 'info']],
    [['--json', '--log-level', 'fatal']],
    [['--dashboard']],
    [['--isolate', 'none']],
  ])(
    'ends with 5, and says why on standard error, when a newer connection took over, with %j',
    async (flags) => {
      answer = (socket) => {
        say(socket, hello);
        say(socket, { type: 'evict', reason: 'Replaced by new connection' });
      };
      const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: url });
      expect(await runCli(['run', bot, ...flags], io)).toBe(5);
      expect(io.err()).toContain('chipzen-agent: evicted: the same bot has connected elsewhere.');
      if (flags.length === 0) {
        expect(io.out().at(-2)).toBe('ending: the same bot has connected elsewhere');
      }
    },
  );

  it('writes one event per line with --json, and logs to standard error with --log-level', async () => {
    answer = (socket) => say(socket, hello);
    const io = stoppedWhenOnline((line) => line.includes('"lobby.listening"'));
    expect(await runCli(['run', bot, '--json', '--log-level', 'info'], io)).toBe(0);
    expect(io.out().map((line) => JSON.parse(line).type)).toEqual([
      'lobby.connecting',
      'lobby.listening',
      'lobby.draining',
      'lobby.ended',
    ]);
    const logged = io.err().filter((line) => line.startsWith('{'));
    expect(logged.map((line) => JSON.parse(line).event)).toEqual([
      'lobby.connecting',
      'lobby.listening',
      'lobby.draining',
      'lobby.ended',
    ]);
  });

  it.each([
    [[]],
    [['--isolate', 'none']],
    [['--json']],
    [['--log-level', 'trace']],
    [['--no-safe-mode', '--verbose']],
  ])('shows the token nowhere in a whole match of a bot that throws it, with %j', async (flags) => {
    const { sandbox: platform } = await openPlatform({ maxHands: 2 });
    const { botId, lobbyUrl } = platform.addBot({ token });
    const thrower = join(dir, 'thrower.mjs');
    writeFileSync(thrower, `export default { decide() { throw new Error('my ${token}'); } };`);
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl });
    const session = runCli(['run', thrower, '--max-matches', '1', ...flags], io);
    await platform.dispatch(botId);
    const code = await session;
    const shown = [...io.out(), ...io.err()].join('\n');
    expect(code).toBe(6);
    expect(shown).toContain('[token]');
    expect(shown).not.toContain('ABCDEFGHIJ');
  });

  it.each([
    ['a line feed', '\n'],
    ['the CSI of C1', '\u009b'],
    ['a bidi override', '\u202e'],
    ['a combining accent', '\u0301'],
  ])(
    'shows no token that comes back with %s in it, in lines, JSON and logs, and nothing raw of that',
    async (_what, hidden) => {
      const message = `Your token ${token.slice(0, 3)}${hidden}${token.slice(3)}${hidden} is about to expire.`;
      answer = (socket) => {
        say(socket, hello);
        say(socket, { type: 'error', code: `${hidden}x`, message });
      };
      const told: string[] = [];
      for (const args of [[], ['--json', '--log-level', 'trace']]) {
        const io = stoppedWhenOnline((line) => line.includes('expire'));
        expect(await runCli(['run', bot, ...args], io)).toBe(0);
        told.push(...io.out(), ...io.err());
      }
      const about = told.filter((line) => line.includes('is about to expire'));
      expect(about).toHaveLength(3);
      for (const line of about)
        expect(line).toMatch(/Your token \[token\](\\u[\da-f]{4}|\\n|\u0301)? is about/);
      const raw = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
      expect(told.filter((line) => raw.test(line) || line.includes(token.slice(3)))).toEqual([]);
      const error = about
        .map((line) => line.startsWith('{') && JSON.parse(line))
        .find((line) => line.type === 'lobby.error');
      expect(error).toMatchObject({
        code: `${hidden}x`,
        message: `Your token [token]${hidden} is about to expire.`,
      });
    },
  );

  it('keeps what the bot writes, and secrets in it, out of its own output', async () => {
    const { sandbox: platform } = await openPlatform({ maxHands: 1 });
    const { botId, lobbyUrl } = platform.addBot({ token });
    const noisy = join(dir, 'noisy.mjs');
    writeFileSync(
      noisy,
      `export default { onMatchStart() { console.log('noise with ${token}'); }, decide: () => ({ action: 'fold' }) };`,
    );
    const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl });
    const session = runCli(['run', noisy, '--json', '--max-matches', '1'], io);
    await platform.dispatch(botId);
    expect(await session).toBe(0);
    expect(io.err()).toEqual(['noise with [token]']);
    for (const line of io.out()) expect(JSON.parse(line)).toHaveProperty('type');
  });

  it.each([
    [[], '--max-old-space-size=64'],
    [['--isolate', 'worker'], '64'],
  ])(
    'answers for the bot the margin before its clock runs out, and gives it so much memory, %s',
    async (more, memory) => {
      const { sandbox: platform } = await openPlatform({ maxHands: 1 });
      const { botId, lobbyUrl } = platform.addBot({ token });
      const greedy = join(dir, 'greedy.mjs');
      writeFileSync(
        greedy,
        `import { resourceLimits } from 'node:worker_threads';
       export default { decide(_, turn) {
         console.log(resourceLimits.maxOldGenerationSizeMb ?? process.execArgv[0], Math.round((turn.raw.deadline_ts - turn.deadline) / 100));
         return { action: 'fold' };
       } };`,
      );
      const io = fakeIo({ CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl });
      const flags = ['--worker-memory', '64', '--margin', '3000', '--max-matches', '1', ...more];
      const session = runCli(['run', greedy, ...flags], io);
      await platform.dispatch(botId, { decisionTimeoutMs: 20_000 });
      expect(await session).toBe(0);
      expect(io.err()[0]).toBe(`${memory} 30`);
    },
  );

  it('warns of --token, and shows it nowhere', async () => {
    answer = (socket) => say(socket, hello);
    const io = stoppedWhenOnline((line) => line.startsWith('online'));
    expect(await runCli(['run', bot, '--url', url, '--token', token, '--log-level', 'trace'], io)).toBe(0);
    expect(io.err()[0]).toBe(
      'warning: Other users of this machine can see --token in the list of processes. Set CHIPZEN_EXTBOT_TOKEN instead.',
    );
    expect([...io.out(), ...io.err()].join('\n')).not.toContain('ABCDEFGHIJ');
    expect(logins).toEqual([JSON.stringify({ type: 'authenticate', token })]);
  });
});
