/** The programs of the README and of docs, run as they are printed. */
import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../src/sandbox/sandbox.js';
import { makeFolder } from './kit/folder.js';
import { openPlatform } from './kit/platform.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const pageOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = pageOf('README.md');

/** The program of a page in a fence that has this text in it. */
function programWith(text: string, page = readme): string {
  const fences = [...page.matchAll(/```ts\n([^]*?)```/g)].map((match) => match[1] ?? '');
  const found = fences.find((fence) => fence.includes(text));
  if (found === undefined) throw new Error(`The page has no program with ${text}.`);
  return found;
}

/** The built package as `chipzen-agent`. */
function local(program: string): string {
  return program
    .replaceAll("'chipzen-agent/", `'${root}dist/`)
    .replaceAll(/'([^']*dist\/\w+)'/g, "'$1/index.js'")
    .replaceAll("'chipzen-agent'", `'${root}dist/index.js'`);
}

let folder: string;

beforeEach(() => {
  folder = makeFolder();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'my-bot.ts'), local(programWith('class MyBot extends Bot')));
});

/** Runs a program as it is printed, in a folder of its own, beside the bot of the README. */
async function run(program: string, env: Record<string, string> = {}): Promise<string> {
  writeFileSync(join(folder, 'program.ts'), local(program));
  const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [jiti, 'program.ts'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  });
  return stdout;
}

it('the page of the platform has a program that asks it', async () => {
  const { sandbox } = await openPlatform();
  const bot = sandbox.addBot();
  const env = { CHIPZEN_LOBBY_URL: bot.lobbyUrl, CHIPZEN_EXTBOT_TOKEN: bot.token };
  const output = await run(programWith('connectToPlatform()', pageOf('docs/platform.md')), env);
  expect(output).toMatch(/^\{\s+status: 'idle',[^}]*\}\n\[\]\n$/);
});

it('the page about tests has a program in which a bot plays hands', async () => {
  const output = await run(programWith('playHands(', pageOf('docs/testing.md')));
  expect(output).toMatch(/^\[ -?\d+, -?\d+ \] \[\]\n$/);
});

describe('the page of the table', () => {
  it('has a program of few lines in which two bots play a match', async () => {
    const program = programWith('createTable({', pageOf('docs/holdem.md'));
    expect(program.split('\n').length).toBeLessThanOrEqual(16);
    const output = await run(program);
    expect(output).toMatch(/^seat [01] won in \d+ hands\n$/);
    expect(await run(program)).toBe(output);
  });
});

describe('the README', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    ({ sandbox } = await openPlatform({ seed: 'readme', speed: 1, maxHands: 3, revealDelayMs: [1, 20] }));
  });

  it('has a program that plays one match', async () => {
    const { botId, token, lobbyUrl } = sandbox.addBot();
    const playing = run(programWith('runExternalBot(MyBot, { botId'), {
      CHIPZEN_LOBBY_URL: lobbyUrl,
      CHIPZEN_EXTBOT_TOKEN: token,
    });
    await sandbox.dispatch(botId);
    expect(await playing).toContain("reason: 'complete'");
  });

  it('has a program that opens the inspector on its agent', async () => {
    const { botId, token, lobbyUrl } = sandbox.addBot();
    const playing = run(programWith('createInspectorBridge({ hideCards'), {
      CHIPZEN_LOBBY_URL: lobbyUrl,
      CHIPZEN_EXTBOT_TOKEN: token,
    });
    await sandbox.dispatch(botId);
    expect(await playing).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/\n$/);
  });

  it('has a program that starts the machines by itself', async () => {
    const { botId, token, lobbyUrl } = sandbox.addBot();
    const playing = run(programWith('lobbyMachine.provide'), {
      CHIPZEN_LOBBY_URL: lobbyUrl,
      CHIPZEN_EXTBOT_TOKEN: token,
    });
    await sandbox.dispatch(botId);
    expect(await playing).toContain("reason: 'max_matches'");
  });

  it('has a program that serves the dashboard', async () => {
    const { botId, token, lobbyUrl } = sandbox.addBot();
    const playing = run(programWith('createDashboard(agent', pageOf('docs/watching.md')), {
      CHIPZEN_LOBBY_URL: lobbyUrl,
      CHIPZEN_EXTBOT_TOKEN: token,
    });
    await sandbox.dispatch(botId);
    expect(await playing).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]+\/\n$/);
  });

  it('has a program that writes down the frames of its matches', async () => {
    const { botId, token, lobbyUrl } = sandbox.addBot();
    const playing = run(programWith('agent.onFrame(', pageOf('docs/embedding.md')), {
      CHIPZEN_LOBBY_URL: lobbyUrl,
      CHIPZEN_EXTBOT_TOKEN: token,
    });
    await sandbox.dispatch(botId);
    await playing;
    const lines = readFileSync(join(folder, 'frames.jsonl'), 'utf8').trimEnd().split('\n');
    const told = lines.map((line) => JSON.parse(line) as { direction: string; frame: { type: string } });
    const types = told.map(({ direction, frame }) => `${direction} ${frame.type}`);
    expect(types).toEqual(expect.arrayContaining(['out authenticate', 'in matched', 'out turn_action']));
    expect(types.at(-1)).toBe('in match_end');
    expect(lines.join()).not.toContain(token);
  });

  it('has a program that tests a chart by its model', async () => {
    const output = await run(programWith('coverage.assertComplete()'));
    expect(output).toMatch(/^\d+ paths take all of \{ states: 11, transitions: \d+, refusals: \d+ \}\n$/);
  });

  it('has a program that puts a bot before a turn with no server', async () => {
    const output = await run(programWith('scriptedPort<', pageOf('docs/testing.md')));
    expect(output).toContain("type: 'turn_action'");
    expect(output).toContain("request_id: 'r1'");
  });

  it('has a program that brings its own platform', async () => {
    const output = await run(programWith('createSandbox({ port: 0'));
    expect(output).toContain("outcome: 'completed'");
  });
});
