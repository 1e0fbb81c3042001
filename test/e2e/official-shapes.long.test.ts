/** Bots for the official SDK play whole matches through `run`, with their import changed and with it as it was. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';
import type { MatchResult } from '../../src/protocol/results.js';
import { makeFolder } from '../kit/folder.js';
import { withoutLoadingNote } from '../kit/loading-note.js';
import { openPlatform } from '../kit/platform.js';
import { type OfficialBot, officialBots, onPackage } from './official-shapes.js';

const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const sdkName = '@chipzen-ai/bot';

interface Seat {
  isolate?: string;
  /** A package with the name of the official SDK is installed beside the bot. */
  isInstalled?: boolean;
}

function writeBot({ name, text, beside = [] }: OfficialBot, sdk: string, { isInstalled }: Seat): string {
  const folder = makeFolder();
  for (const file of [{ name, text }, ...beside, ...(isInstalled ? installed : [])]) {
    const path = join(folder, file.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text.replaceAll('SDK', sdk));
  }
  return join(folder, name);
}

/** Whoever gets it instead of this package notices. */
const installed = [
  {
    name: `node_modules/${sdkName}/package.json`,
    text: JSON.stringify({
      name: sdkName,
      version: '0.3.0',
      exports: { import: './index.mjs', require: './index.cjs' },
    }),
  },
  {
    name: `node_modules/${sdkName}/index.mjs`,
    text: `export class Bot { constructor() { throw new Error('the installed one'); } }
      export const [Action, VERSION, cardFromString, cardToString, runBot] = [];`,
  },
  {
    name: `node_modules/${sdkName}/index.cjs`,
    text: "exports.Bot = class { constructor() { throw new Error('the installed one'); } };",
  },
];

/** Plays one match with the same cards each time. */
async function playOne(bot: OfficialBot, sdk: string, seat: Seat = {}) {
  const { sandbox } = await openPlatform({ seed: 'official', maxHands: 12 });
  const me = sandbox.addBot({ name: 'me' });
  const running = spawn(
    process.execPath,
    [
      command,
      'run',
      writeBot(bot, sdk, seat),
      '--max-matches',
      '1',
      '--json',
      ...(seat.isolate === undefined ? [] : ['--isolate', seat.isolate]),
    ],
    {
      cwd: makeFolder(),
      env: {
        PATH: process.env.PATH,
        HOME: makeFolder(),
        CHIPZEN_EXTBOT_TOKEN: me.token,
        CHIPZEN_LOBBY_URL: me.lobbyUrl,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let out = '';
  let err = '';
  running.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(running, 'close');
  const dispatched = sandbox.dispatch(me.botId, { opponents: ['random'] });
  const [code] = (await Promise.race([ended, dispatched.then(() => ended)])) as [unknown];
  const events = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AgentEvent);
  return { code, err: withoutLoadingNote(err), events };
}

type Played = Awaited<ReturnType<typeof playOne>>;

const resultOf = ({ events }: Played): MatchResult | undefined =>
  events.find((event) => event.type === 'match.ended')?.result;

const troubles = new Set(['bot.failed', 'bot.terminated', 'turn.corrected', 'turn.overdue', 'turn.rejected']);

function expectFairMatch(played: Played, says: RegExp | undefined): MatchResult {
  expect(played.events.filter(({ type }) => troubles.has(type))).toEqual([]);
  expect({ code: played.code, err: played.err }).toEqual({
    code: 0,
    err: says === undefined ? '' : expect.stringMatching(says),
  });
  const result = resultOf(played);
  expect(result).toMatchObject({ outcome: 'completed', fallbacks: 0, corrections: 0, timeouts: 0 });
  if (result === undefined) throw new Error('There was no match.');
  expect(result.turns).toBeGreaterThan(0);
  return result;
}

describe.each(officialBots)('$what', (bot) => {
  it('plays the same match with its import changed and as it was', async () => {
    const [changed, asItWas] = (
      await Promise.all([playOne(bot, 'chipzen-agent'), playOne(bot, sdkName)])
    ).map((played) => expectFairMatch(played, bot.says)) as [MatchResult, MatchResult];
    const inShort = ({ netChips, hands, turns }: MatchResult) => ({ netChips, hands, turns });
    expect(inShort(asItWas)).toEqual(inShort(changed));
  });

  it('gets this package where the official one is installed', async () => {
    const played = await Promise.all(
      ['process', 'worker', 'none'].map((isolate) => playOne(bot, sdkName, { isolate, isInstalled: true })),
    );
    for (const one of played) expectFairMatch(one, bot.says);
  });
});

it('a package that the bot uses gets this package, too', async () => {
  expectFairMatch(await playOne(onPackage, sdkName, { isInstalled: true }), onPackage.says);
});
