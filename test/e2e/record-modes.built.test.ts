/** What `run --record` keeps of a bot, whichever way it is kept apart. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { allTextIn, matchNamesIn, recordsIn, resultsIn } from '../recording/recorded-folder.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const bot = `import { odds } from './odds.mjs';
export class Noter {
  turns = 0;
  decide(state, turn) {
    this.turns += 1;
    turn.note({ odds, turn: this.turns });
    if (this.turns === 2) throw new Error('the second turn');
    return { action: state.validActions.includes('check') ? 'check' : 'call' };
  }
}
`;

async function run(isolate: string, odds = 0.25): Promise<{ folder: string; token: string }> {
  const dir = makeFolder();
  const folder = join(dir, 'kept');
  writeFileSync(join(dir, 'odds.mjs'), `export const odds = ${odds};\n`);
  writeFileSync(join(dir, 'noter.mjs'), bot);
  const { sandbox } = await openPlatform({ maxHands: 4 });
  const { token, botId, lobbyUrl } = sandbox.addBot();
  const words = [
    'run',
    'noter.mjs',
    '--isolate',
    isolate,
    '--record',
    'kept',
    '--label',
    'odd',
    '--max-matches',
    '1',
  ];
  const child = spawn(process.execPath, [main, ...words], {
    cwd: dir,
    env: { PATH: process.env.PATH, CHIPZEN_EXTBOT_TOKEN: token, CHIPZEN_LOBBY_URL: lobbyUrl },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  afterTest(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  await sandbox.dispatch(botId, {});
  expect(await ended).toEqual([0, null]);
  return { folder, token };
}

describe('a recorded bot', () => {
  it('is the same code in every mode, and its notes go with its decisions', async () => {
    const hashes = new Set<string | null | undefined>();
    for (const isolate of ['none', 'worker', 'process']) {
      const { folder, token } = await run(isolate);
      const [name = ''] = matchNamesIn(folder);
      const { header, records, counts } = await recordsIn(join(folder, name));
      expect(counts).toMatchObject({ torn: 0, damaged: 0 });
      expect(header).toMatchObject({
        label: 'odd',
        played: {
          why: null,
          files: [{ path: 'noter.mjs' }, { path: 'odds.mjs' }],
          git: null,
          gitWhy: expect.stringContaining('not a git repository'),
        },
      });
      hashes.add(header?.played?.hash);
      const events = records.flatMap((record) => (record.type === 'event' ? [record.event] : []));
      const answered = events.flatMap((event) => (event.type === 'turn.answered' ? [event] : []));
      expect(answered[0]).toMatchObject({ source: 'bot', note: { odds: 0.25, turn: 1 } });
      // The agent answered in place of the bot, whose note is with its failure.
      expect(answered[1]?.source).toBe('failed');
      expect(answered[1]).not.toHaveProperty('note');
      expect(events.find(({ type }) => type === 'bot.failed')).toMatchObject({ note: { turn: 2 } });
      expect(answered.length).toBeGreaterThan(2);
      expect(await resultsIn(folder)).toMatchObject([{ hash: header?.played?.hash, label: 'odd' }]);
      expect(allTextIn(folder)).not.toContain(token);
    }
    expect([...hashes]).toEqual([expect.stringMatching(/^[\da-f]{64}$/)]);
    const changed = await run('worker', 0.26);
    const [result] = await resultsIn(changed.folder);
    expect(hashes.has(result?.hash)).toBe(false);
  });
});
