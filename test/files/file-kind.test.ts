/** Every door that takes a path of the user: what is no regular file is refused at once, by its name. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/agent.js';
import { loadChaos } from '../../src/chaos/chaos-file.js';
import { writeConfig } from '../../src/cli/commands/write-config.js';
import { loadBot } from '../../src/io/hosting/load-bot.js';
import { loadChipzenConfig } from '../../src/io/settings/config.js';
import { ChipzenError } from '../../src/protocol/errors.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';

let dir: string;
let server: Server;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-odd-'));
  mkdirSync(join(dir, 'folder'));
  execFileSync('mkfifo', [join(dir, 'pipe'), join(dir, 'state.jsonl.new')]);
  symlinkSync('pipe', join(dir, 'link'));
  symlinkSync('/dev/zero', join(dir, 'device'));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(join(dir, 'socket'), resolve));
});
afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

const kinds = [
  ['folder', 'a folder'],
  ['pipe', 'a named pipe'],
  ['link', 'a named pipe'],
  ['device', 'a device'],
  ['socket', 'a socket'],
] as const;

async function refusal(open: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await open();
  } catch (error) {
    if (error instanceof ChipzenError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('It was not refused.');
}

const options = { botId: 'b', token: 'cz_extbot_0123456789ABCDEFGHIJKLMNOPQRSTUV', config: null };

describe.each(kinds)('%s', (name, kind) => {
  const path = () => join(dir, name);

  it('is no bot file, loaded here or in a thread', async () => {
    const instead = kind === 'a folder' ? 'Give the bot file in it.' : 'Give a bot file.';
    const expected = { code: 'bad_option', message: `${path()} is ${kind}. ${instead}` };
    expect(await refusal(() => loadBot(path()))).toEqual(expected);
    expect(await refusal(() => createAgent({ module: path() }, options))).toEqual(expected);
    expect(await refusal(() => createAgent({ module: path() }, { ...options, isolate: 'none' }))).toEqual(
      expected,
    );
  });

  it('is no chipzen.toml', async () => {
    expect(await refusal(() => loadChipzenConfig([path()]))).toEqual({
      code: 'bad_config',
      message: `${path()} is ${kind}, not a file. Move it away or make it a TOML file.`,
    });
  });

  it('is no chaos', async () => {
    expect(await refusal(() => loadChaos(path()))).toEqual({
      code: 'bad_config',
      message: `${path()} is ${kind}, not a file. Give a profile or a TOML file.`,
    });
  });

  it('is no state file, and stays as it is', async () => {
    const before = readdirSync(dir);
    expect(await refusal(() => createSandbox({ port: 0, state: path() }))).toEqual({
      code: 'bad_option',
      message: `The state file ${path()} is ${kind}, not a file. Choose another file.`,
    });
    expect(readdirSync(dir)).toEqual(before);
  });

  it('is not written over with a chipzen.toml', async () => {
    const credentials = { botId: 'b', token: 't', lobbyUrl: 'ws://127.0.0.1/' };
    expect(await refusal(() => writeConfig(path(), credentials))).toMatchObject({
      code: 'bad_option',
      message: `${path()} is there already and may hold a token of yours. Move it away, or write to another file.`,
    });
  });
});

it('a state file is not written by way of a pipe beside it', async () => {
  expect(await refusal(() => createSandbox({ port: 0, state: join(dir, 'state.jsonl') }))).toEqual({
    code: 'bad_option',
    message: `The state file is written as ${join(dir, 'state.jsonl.new')} first, which is a named pipe. Remove it.`,
  });
});
