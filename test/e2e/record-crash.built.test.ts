/** What a recording holds after its process was killed, and where the disk takes nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { matchNamesIn, recordsIn, resultsIn } from '../recording/recorded-folder.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const bot = `import { existsSync, writeFileSync } from 'node:fs';
let turns = 0;
export default {
  async decide(state) {
    turns += 1;
    if (turns === 5 && process.env.DIES && !existsSync('died')) {
      writeFileSync('died', '');
      await new Promise((resolve) => setTimeout(resolve, 100));
      process.kill(process.pid, 'SIGKILL');
    }
    return { action: state.validActions.includes('check') ? 'check' : 'call' };
  },
};
`;

async function prepare() {
  const dir = makeFolder();
  const folder = join(dir, 'kept');
  writeFileSync(join(dir, 'bot.mjs'), bot);
  const { sandbox } = await openPlatform({ maxHands: 12 });
  const { token, botId, lobbyUrl } = sandbox.addBot();
  const run = (variables: Record<string, string> = {}, fileBlocks = 'unlimited') => {
    const words = ['run', 'bot.mjs', '--isolate', 'none', '--record', 'kept', '--max-matches', '1'];
    const child = spawn(
      'bash',
      ['-c', `ulimit -f ${fileBlocks}; exec "$0" "$@"`, process.execPath, main, ...words],
      {
        cwd: dir,
        env: {
          PATH: process.env.PATH,
          CHIPZEN_EXTBOT_TOKEN: token,
          CHIPZEN_LOBBY_URL: lobbyUrl,
          ...variables,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    afterTest(() => child.kill('SIGKILL'));
    let errors = '';
    child.stderr.on('data', (text: Buffer) => {
      errors += text.toString();
    });
    child.stdout.resume();
    return { ended: once(child, 'exit'), errors: () => errors };
  };
  return { folder, run, dispatch: () => sandbox.dispatch(botId, {}) };
}

it('has all but the last 50 ms of a killed process, and the next one goes on in the file', async () => {
  const { folder, run, dispatch } = await prepare();
  const killed = run({ DIES: '1' });
  await dispatch();
  expect(await killed.ended).toEqual([null, 'SIGKILL']);
  const [name = ''] = matchNamesIn(folder);
  const before = await recordsIn(join(folder, name));
  expect(before.counts).toMatchObject({ damaged: 0 });
  const asked = before.records
    .filter(({ type }) => type === 'in')
    .map((record) => 'frame' in record && record.frame);
  expect(asked.filter((frame) => frame && frame.type === 'turn_request')).toHaveLength(5);
  expect(before.records.at(-1)?.type).not.toBe('end');
  // As a process leaves it that is killed in the middle of a write.
  writeFileSync(join(folder, name), '{"type":"in","at":17', { flag: 'a' });

  const next = run();
  expect(await next.ended).toEqual([0, null]);
  expect(matchNamesIn(folder)).toEqual([name]);
  const { records, counts } = await recordsIn(join(folder, name));
  expect(counts).toMatchObject({ torn: 1, damaged: 0 });
  expect(records.filter(({ type }) => type === 'header')).toHaveLength(2);
  expect(records.slice(0, before.records.length)).toEqual(before.records);
  expect(records.at(-1)?.type).toBe('end');
  expect(await resultsIn(folder)).toMatchObject([{ outcome: 'completed', file: name }]);
});

it('costs no match where files may not grow: that is told once, and so is a result without a place', async () => {
  const { folder, run, dispatch } = await prepare();
  mkdirSync(folder);
  const full = `${JSON.stringify({ schema: 1, matchId: 'before', filler: 'x'.repeat(1_200) })}\n`;
  writeFileSync(join(folder, 'results.jsonl'), full);
  const limited = run({}, '1');
  await dispatch();
  expect(await limited.ended).toEqual([0, null]);
  const said = limited
    .errors()
    .split('\n')
    .filter((line) => line.startsWith('warning:'));
  expect(said.filter((line) => line.includes('cannot be recorded'))).toEqual([
    expect.stringMatching(/\(EFBIG\)\. They are played on/),
  ]);
  expect(said.filter((line) => line.includes('is not in'))).toEqual([
    expect.stringMatching(/^warning: The result of match .* is not in .*results\.jsonl \(EFBIG\)/),
  ]);
  expect(readFileSync(join(folder, 'results.jsonl'), 'utf8')).toBe(full);
  const [name = ''] = matchNamesIn(folder);
  expect((await recordsIn(join(folder, name))).counts).toMatchObject({ torn: 1, damaged: 0 });
});
