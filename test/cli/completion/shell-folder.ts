/** A folder with a bot, other files, and a completion script as the command prints it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../../src/cli/program.js';
import { houseBotNames } from '../../../src/house/house-bot-names.js';
import { makeFolder } from '../../kit/folder.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

export async function shellFolder(shell: 'bash' | 'zsh' | 'fish') {
  const home = makeFolder();
  const folder = join(home, 'work');
  mkdirSync(join(folder, 'my bots'), { recursive: true });
  for (const name of ['bot.ts', 'other bot.mjs', 'notes.txt', join('my bots', 'deep.js')]) {
    writeFileSync(join(folder, name), '');
  }
  const io = fakeIo();
  const code = await runCli(['completion', shell], io);
  const script = join(home, 'script');
  writeFileSync(script, `${io.out().join('\n')}\n`);
  return { code, err: io.err(), folder, home, script };
}

/** What each shell has to offer, in any order: the words before the cursor, and what may stand there. */
export const completions: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [['ru'], ['run']],
  [
    ['run', '--env', ''],
    ['prod', 'staging', 'local'],
  ],
  [['run', '--env', 's'], ['staging']],
  [['run', '--log-le'], ['--log-level']],
  [
    ['run', ''],
    ['bot.ts', 'my bots', 'other bot.mjs'],
  ],
  [['run', '--margin', '5', 'bo'], ['bot.ts']],
  [['run', '--url', ''], []],
  [['run', '--config', 'n'], ['notes.txt']],
  [['sandbox', '--opponent', ''], ['bot.ts', 'my bots', 'other bot.mjs', ...houseBotNames].toSorted()],
  [['demo', '--format', 'q'], ['queue']],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  [['help', 'wo'], ['worker']],
];
