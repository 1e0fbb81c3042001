/** What the commands share that ask the platform for something of a bot. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlatformFlags } from '../../../src/cli/commands/platform-flags.js';
import { type Asking, withPlatform } from '../../../src/cli/commands/with-platform.js';
import { terminalOf } from '../../../src/cli/surroundings/surroundings.js';
import { makeFolder } from '../../kit/folder.js';
import { alderId, botToken, type FakeScript, openEndpoint } from '../../platform/fake-endpoint.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function open(script: FakeScript = { body: { status: 'idle' } }) {
  const endpoint = await openEndpoint(script);
  const home = makeFolder();
  const url = `ws://127.0.0.1:${endpoint.port}/ws/external/bot/${alderId}`;
  const io = fakeIo({
    HOME: home,
    USERPROFILE: home,
    CHIPZEN_EXTBOT_TOKEN: botToken,
    CHIPZEN_LOBBY_URL: url,
  });
  return {
    ...endpoint,
    io,
    home,
    url,
    run: (work: (asking: Asking) => Promise<number>, flags: PlatformFlags = {}) =>
      withPlatform(flags, { io: terminalOf(io), clock: endpoint.clock }, work),
  };
}

/** A request that is refused, when it is made. */
const asks = async ({ client }: Asking): Promise<number> => {
  await client.queue.status();
  return 0;
};

describe('a command that asks the platform', () => {
  it('ends with the code of its work, and leaves no handler and no connection behind', async () => {
    const { run, pass, io, seen } = await open();
    let left: Asking | undefined;
    const code = await pass(
      run(async (asking) => {
        left = asking;
        await asks(asking);
        return 7;
      }),
    );
    expect(code).toBe(7);
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${botToken}`);
    expect(io.listeners()).toBe(0);
    await expect(left?.client.queue.status()).rejects.toThrow();
  });

  it.each([
    ['the token is not taken', 401, {}, 3],
    ['it says so with another status', 400, { error_code: 'EXTAPI_INVALID_TOKEN', message: 'No.' }, 3],
    ['the platform refuses otherwise', 429, { error_code: 'RATE_001', message: 'Slow down.' }, 1],
  ])('when %s ends with a sentence', async (_what, status, body, expected) => {
    const { run, pass, io } = await open({ status, body });
    expect(await pass(run(asks))).toBe(expected);
    expect(io.err().join('\n')).toMatch(/^chipzen-agent: .*HTTP \d+/);
    expect(io.out()).toEqual([]);
  });

  it('throws what is no refusal, so that its code is that of the program', async () => {
    const { run, failure } = await open({ raw: '<html>' });
    expect(await failure(run(asks))).toMatchObject({ code: 'platform_answer' });
  });

  it('is ended by Ctrl-C, which is said', async () => {
    const { run, pass, io } = await open();
    const ended = run(
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          io.signal('SIGINT');
        }),
    );
    expect(await pass(ended)).toBe(1);
    expect(io.err()).toEqual(['Stopped before the end.']);
  });

  it('speaks on standard output, with --json in JSON there and in words beside it', async () => {
    const speaks = async ({ say, note, answer, shown }: Asking): Promise<number> => {
      say(`said ${botToken}`);
      note('noted\u001b[2J');
      answer({ status: 'idle', token: botToken, text: shown('x'.repeat(1_000)).length });
      return 0;
    };
    const plain = await open();
    await plain.pass(plain.run(speaks));
    expect(plain.io.out()).toHaveLength(1);
    expect(plain.io.out()[0]).toMatch(/^said (?!cz_extbot)/);
    expect(plain.io.err().join()).not.toContain('\u001b');
    const json = await open();
    await json.pass(json.run(speaks, { json: true }));
    expect(json.io.out().map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { status: 'idle', text: expect.any(Number) },
    ]);
    expect([...json.io.out(), ...json.io.err()].join('\n')).not.toContain(botToken);
    expect(json.io.err()).toHaveLength(2);
  });

  it('opens the day book once, and has written it when it ends', async () => {
    const { run, home } = await open();
    const dayBook = join(home, 'day.json');
    const code = run(
      async ({ openDay }) => {
        expect(openDay()).toBe(openDay());
        void openDay().change((book) => ({ ...book, lobbyMs: 5 }));
        return 0;
      },
      { dayBook },
    );
    // At once: nothing is waited for but the book.
    expect(await code).toBe(0);
    expect(JSON.parse(readFileSync(dayBook, 'utf8'))).toMatchObject({ lobbyMs: 5 });
  });

  it('takes the bot of the file that is named, and refuses one that is not there', async () => {
    const { run, pass, clock, home, url, seen } = await open();
    const config = join(home, 'mine.toml');
    const token = 'cz_extbot_ZYXWVUTSRQPONMLKJIHGFEDCBA543210';
    writeFileSync(config, `[external_api]\ntoken = "${token}"\nurl = "${url}"\n`, { mode: 0o600 });
    const bare = terminalOf(fakeIo({ HOME: home, USERPROFILE: home }));
    expect(await pass(withPlatform({ config }, { io: bare, clock }, asks))).toBe(0);
    expect(seen[0]?.headers.authorization).toBe(`Bearer ${token}`);
    await expect(run(asks, { config: join(home, 'absent.toml') })).rejects.toMatchObject({
      code: 'bad_config',
    });
  });
});
