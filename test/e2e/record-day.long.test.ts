/**
 * A day of a season: two versions of a bot play twenty matches at the real stakes, their processes are killed twice, and
 * everything that is told of the hands afterwards agrees with the platform.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CollectedMatch } from '../../src/histories/collection/collected-match.js';
import { readCollection } from '../../src/histories/collection/read-collection.js';
import { chipsOf } from '../../src/histories/hand-chips.js';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { recordReader } from '../kit/record-reader.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const run = promisify(execFile);
const exitOf = (words: readonly string[], cwd: string) =>
  run(process.execPath, [main, ...words], { cwd, maxBuffer: 1 << 28 }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

/** Plays the same for the same state; the two versions differ in how often they raise. */
const bot = (raises: number) => `import { existsSync, writeFileSync } from 'node:fs';
let turns = 0;
export default class Steady {
  async decide(state, turn) {
    turns += 1;
    if (turns === Number(process.env.DIES) && !existsSync('died')) {
      writeFileSync('died', '');
      await new Promise((resolve) => setTimeout(resolve, 100));
      process.kill(process.pid, 'SIGKILL');
    }
    const draw = (state.handNumber * 7 + state.pot) % 10;
    turn.note({ draw });
    if (draw < ${raises} && state.validActions.includes('raise'))
      return { action: 'raise', amount: Math.min(state.maxRaise, state.minRaise + 10 * draw) };
    if (draw === 9 && state.validActions.includes('fold')) return { action: 'fold' };
    return { action: state.validActions.includes('check') ? 'check' : 'call' };
  }
}
`;

/** Two versions play ten matches each; a process of each is killed in the middle of a match. */
async function playDay() {
  const dir = makeFolder();
  const { sandbox } = await openPlatform({ format: 'season' });
  const { token, botId, lobbyUrl } = sandbox.addBot();
  const ids: string[] = [];
  const start = (label: string, variables: Record<string, string> = {}) => {
    const flags = ['--record', 'kept', '--label', label];
    const child = spawn(process.execPath, [main, 'run', 'bot.mjs', '--isolate', 'none', ...flags], {
      cwd: dir,
      env: {
        PATH: process.env.PATH,
        CHIPZEN_EXTBOT_TOKEN: token,
        CHIPZEN_LOBBY_URL: lobbyUrl,
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    afterTest(() => child.kill('SIGKILL'));
    child.stdout.resume();
    child.stderr.resume();
    return { child, ended: once(child, 'exit') };
  };
  const play = async (count: number) => {
    for (let played = 0; played < count; played += 1) {
      const { matchId } = await sandbox.dispatch(botId, { opponents: ['tight-aggressive'] });
      ids.push(matchId);
      await sandbox.result(matchId);
    }
  };
  for (const [label, raises] of [
    ['v1', 2],
    ['v2', 5],
  ] as const) {
    writeFileSync(join(dir, 'bot.mjs'), bot(raises));
    const first = start(label, { DIES: '150' });
    const played = play(10);
    expect(await first.ended).toEqual([null, 'SIGKILL']);
    rmSync(join(dir, 'died'));
    // The next process takes up the match that the first one died in.
    const second = start(label);
    await played;
    second.child.kill('SIGTERM');
    expect(await second.ended).toEqual([0, null]);
  }
  return { dir, sandbox, token, ids };
}

async function collect(path: string): Promise<CollectedMatch[]> {
  const matches: CollectedMatch[] = [];
  for await (const match of readCollection([path])) matches.push(match);
  return matches;
}

/** Chips that the bot's first seat won in these matches, as the platform's records have it. */
async function netOnPlatform(
  reader: ReturnType<typeof recordReader>,
  ids: readonly string[],
): Promise<number> {
  const rows = await Promise.all(ids.map((id) => reader.match(id)));
  return rows.reduce(
    (sum, { participants }) => sum + (participants.find(({ seat }) => seat === 0)?.net_chips ?? Number.NaN),
    0,
  );
}

/** By seat: what each hand won or lost. */
const netsOf = (hand: HandHistory) => {
  const { put, won, uncalled } = chipsOf(hand);
  return hand.seats.map(({ seat }) => {
    const back = uncalled?.seat === seat ? uncalled.amount : 0;
    return [seat, (won?.get(seat) ?? Number.NaN) + back - (put.get(seat) ?? 0)];
  });
};

describe('a day of a season', () => {
  it('is told alike by recordings, exports, ledger, replay and the platform', {
    timeout: 600_000,
  }, async () => {
    const { dir, sandbox, token, ids } = await playDay();
    expect(new Set(ids).size).toBe(20);
    const reader = recordReader(sandbox);
    const matches = await collect(join(dir, 'kept'));
    expect(matches.map(({ matchId }) => matchId ?? '').toSorted()).toEqual(ids.toSorted());
    for (const match of matches) {
      expect(match.refused).toEqual([]);
      const { hands } = await reader.replay(match.matchId ?? '');
      const platformNets = hands.map(({ starting_stacks, stacks_after }) =>
        starting_stacks.map(({ seat, starting_stack }) => [
          seat,
          (stacks_after[String(seat)] ?? 0) - starting_stack,
        ]),
      );
      expect(match.hands.map(netsOf)).toEqual(platformNets);
    }

    const recorded = matches.flatMap(({ hands }) => hands).map(netsOf);
    for (const format of ['phhs', 'pokerstars', 'ohh', 'acpc', 'fpdb-json']) {
      const out = `${format}/`;
      const { code, stderr } = await exitOf(['export', 'kept', '--format', format, '--out', out], dir);
      expect([format, code, stderr]).toEqual([format, 0, expect.any(String)]);
      const again = await collect(join(dir, format));
      const exported = again.flatMap(({ hands }) => hands).map(netsOf);
      const sorted = (nets: number[][][]) => nets.map((net) => JSON.stringify(net)).toSorted();
      expect([format, sorted(exported)]).toEqual([format, sorted(recorded)]);
    }

    const ledger = JSON.parse((await exitOf(['ledger', 'kept', '--by', 'version', '--json'], dir)).stdout);
    const versions = [ids.slice(0, 10), ids.slice(10)];
    const netByVersion = await Promise.all(versions.map((played) => netOnPlatform(reader, played)));
    expect(
      ledger.groups.map(({ version, line }: { version: { label: string }; line: object }) => ({
        label: version.label,
        ...line,
      })),
    ).toMatchObject([
      { label: 'v1', matches: 10, net: netByVersion[0], resumes: 1, errors: 0 },
      { label: 'v2', matches: 10, net: netByVersion[1], resumes: 1, errors: 0 },
    ]);

    // The file has the second version now, which plays its own matches again as it did.
    const words = ['replay', 'bot.mjs', 'kept', '--isolate', 'none', '--json'];
    const report = JSON.parse((await exitOf(words, dir)).stdout);
    const changedIn = new Set(report.hands.map(({ matchId }: { matchId: string }) => matchId));
    expect(report.counts).toMatchObject({ matches: 20, decisions: ledger.total.turns, mixes: 0, failed: 0 });
    expect(report.counts.changed).toBeGreaterThan(10);
    expect(ids.slice(10).filter((id) => changedIn.has(id))).toEqual([]);
    expect((await exitOf([...words, '--expect'], dir)).code).toBe(1);

    const everything = readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(everything.length).toBeGreaterThan(20);
    expect(everything.filter((text) => text.includes(token))).toEqual([]);
  });
});
