import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-hostile-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

const start = ['sandbox', '--port', '0'];
const opponents = (count: number) => Array.from({ length: count }, () => ['--opponent', 'random']).flat();

/** Runs the command until it is ready, then does this and ends it with Ctrl-C. */
async function untilReady(
  args: string[],
  whenReady: (io: ReturnType<typeof fakeIo>) => void = () => undefined,
) {
  const io = fakeIo({}, (line) => {
    if (!line.startsWith('A match against')) return;
    setImmediate(() => {
      whenReady(io);
      io.signal('SIGINT');
    });
  });
  return { code: await runCli([...start, ...args], io), io };
}

describe('sandbox, told what it cannot do', () => {
  it.each([
    ['six bots and an opponent', ['--bots', '6', ...opponents(1)]],
    ['a bot and six opponents', opponents(6)],
  ])('says at once that %s are too many', async (_what, args) => {
    const io = fakeIo();
    expect(await runCli([...start, ...args], io)).toBe(2);
    expect(io.out()).toEqual([]);
    expect(io.err()).toEqual([
      'chipzen-agent: A match has 6 seats at most: --bots and all --opponent together.',
    ]);
  });

  it.each([
    ['six bots', ['--bots', '6']],
    ['a bot and five opponents', opponents(5)],
  ])('takes %s', async (_what, args) => {
    const { code, io } = await untilReady(args);
    expect({ code, err: io.err() }).toEqual({ code: 0, err: [] });
  });

  it('names the host that this machine does not have', async () => {
    const io = fakeIo();
    // Of RFC 5737: no machine has it.
    expect(await runCli([...start, '--host', '192.0.2.1'], io)).toBe(2);
    expect(io.err()).toEqual([
      'chipzen-agent: This machine has no address 192.0.2.1. Choose another one with --host.',
    ]);
  });

  it.each([
    ['throws', `export default () => { throw new Error('no bot today'); };`, /no bot today/],
    ['makes no bot', 'export default () => 5;', /bot/],
  ])('ends before it is ready when the factory of an opponent %s', async (_what, text, message) => {
    const io = fakeIo();
    expect(await runCli([...start, '--opponent', file('factory.mjs', text)], io)).toBe(6);
    expect(io.out()).toEqual([]);
    expect(io.err().join('\n')).toMatch(message);
  });
});

describe('sandbox, at work', () => {
  it('survives what an opponent throws outside of its hooks', async () => {
    const { code, io } = await untilReady([], (running) => running.stray(new Error('late')));
    expect(code).toBe(0);
    const place = '(test/cli/commands/sandbox-command-hostile.built.test.ts:LINE)';
    expect(io.err().map((line) => line.replace(/\d+(?=\))/, 'LINE'))).toEqual([
      `warning: the bot failed outside of its hooks: late ${place}; playing on`,
    ]);
    expect(io.listeners()).toBe(0);
  });

  it('knows this machine under a name in capitals', async () => {
    const { io } = await untilReady(['--host', 'LocalHost']);
    expect(io.out()[0]).toMatch(
      /^The sandbox is ready at ws:\/\/localhost:\d+, which this machine alone can reach\./,
    );
  });

  it('prints its token nowhere but in the toml', async () => {
    const { io } = await untilReady([]);
    const withToken = [...io.out(), ...io.err()].filter((line) => line.includes('cz_extbot_'));
    expect(withToken).toEqual([expect.stringMatching(/^token = "cz_extbot_\w{32}"$/)]);
  });
});
