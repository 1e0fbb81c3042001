/** The package as its users get it: what `npm run build` made. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  version: string;
  exports: Record<string, unknown>;
};

async function node(...args: string[]): Promise<{ stdout: string; stderr: string; code: number }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
      cwd: root,
      env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    });
    return { stdout, stderr, code: 0 };
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
    return { stdout, stderr, code };
  }
}

const namesOf = async (entry: string): Promise<string[]> => {
  const script = `import(${JSON.stringify(entry)}).then((m) => console.log(JSON.stringify(Object.keys(m))))`;
  const { stdout, stderr } = await node('-e', script);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as string[];
};

describe('the built package', () => {
  it('exports what the README names', async () => {
    expect(await namesOf('chipzen-agent')).toEqual(
      expect.arrayContaining([
        'Action',
        'BOT_TOKEN_SUBPROTOCOL',
        'Bot',
        'ChipzenError',
        'DEFAULT_RETRY_POLICY',
        'RetryPolicy',
        'botTokenSubprotocols',
        'connectToChipzen',
        'connectToPlatform',
        'createAgent',
        'loadChipzenConfig',
        'lobbyMachine',
        'matchMachine',
        'parseGameState',
        'resolveGatewayUrl',
        'resolveToken',
        'runBot',
        'runExternalBot',
      ]),
    );
    expect(await namesOf('chipzen-agent/machines')).toEqual(
      expect.arrayContaining([
        'extendLobby',
        'extendMatch',
        'lobbyMachine',
        'lobbySetup',
        'matchMachine',
        'matchSetup',
      ]),
    );
    expect(await namesOf('chipzen-agent/io')).toEqual(
      expect.arrayContaining(['defineBot', 'defineLobbySocket', 'defineMatchSocket', 'defineReporter']),
    );
    expect(await namesOf('chipzen-agent/holdem')).toEqual([
      'Action',
      'FastRandom',
      'HandEngine',
      'IllegalActionError',
      'allCards',
      'answerTurn',
      'cardOfNumber',
      'createDeck',
      'createTable',
      'deckCommitment',
      'deckSeed',
      'formatCard',
      'historyOf',
      'legalAnswer',
      'numberOfCard',
      'parseCard',
      'parseCards',
      'rankHand',
      'ranks',
      'shuffledDeck',
      'stateOf',
      'suits',
      'viewOf',
    ]);
    expect(await namesOf('chipzen-agent/platform')).toEqual([
      'PlatformAnswerError',
      'PlatformRefusedError',
      'PlatformUnreachableError',
      'createPlatformClient',
      'explainRefusal',
      'explainedCodes',
    ]);
    expect(await namesOf('chipzen-agent/sandbox')).toEqual(
      expect.arrayContaining(['IllegalActionError', 'createSandbox', 'createTable']),
    );
    expect(await namesOf('chipzen-agent/testing')).toEqual(
      expect.arrayContaining([
        'chartCoverage',
        'createVirtualClock',
        'defineModel',
        'edgePaths',
        'lobbyModel',
        'matchModel',
        'playPath',
        'scriptedPort',
      ]),
    );
  });

  it('has every entry that its manifest names', async () => {
    const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
    const names = await Promise.all(entries.map((entry) => namesOf(entry.replace('.', 'chipzen-agent'))));
    expect(names.filter((each) => each.length === 0)).toEqual([]);
    expect(entries).toHaveLength(14);
  });

  it('has one of each thing, whichever entry it is taken from', async () => {
    const script = `
      const [all, machines, holdem, sandbox, platform] = await Promise.all(
        ['', '/machines', '/holdem', '/sandbox', '/platform'].map((entry) => import('chipzen-agent' + entry)),
      );
      const shared = (one, other) =>
        Object.keys(one).flatMap((name) => (name in other ? [[name, one[name] === other[name]]] : []));
      const pairs = [[all, machines], [all, holdem], [sandbox, holdem], [all, platform]];
      console.log(JSON.stringify(pairs.map(([one, other]) => shared(one, other))));
    `;
    const { stdout } = await node('--input-type=module', '-e', script);
    const same = (...names: string[]) => names.map((name) => [name, true]);
    expect(JSON.parse(stdout)).toEqual([
      same('DEFAULT_RETRY_POLICY', 'RetryPolicy', 'lobbyMachine', 'matchMachine'),
      same('Action', 'formatCard', 'parseCard', 'ranks', 'suits'),
      same('IllegalActionError', 'createTable'),
      same('PlatformAnswerError', 'PlatformRefusedError', 'PlatformUnreachableError'),
    ]);
  });

  it('has a command that tells its version, and plays a whole match', async () => {
    expect(await node('dist/cli/main.js', '--version')).toEqual({
      stdout: `${manifest.version}\n`,
      stderr: '',
      code: 0,
    });
    const demo = await node('dist/cli/main.js', 'demo', '--seed', 'package', '--hands', '5');
    expect(demo).toMatchObject({ code: 0, stderr: '' });
    expect(demo.stdout).toMatch(/You (won|lost|broke even).*chips in \d+ hands?\./);
  });

  it('says in one sentence what is missing, with the exit code for usage', async () => {
    const { code, stderr, stdout } = await node('dist/cli/main.js', 'run', 'no-such-bot.js');
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      code: 2,
      stdout: '',
      lines: 1,
    });
  });
});
