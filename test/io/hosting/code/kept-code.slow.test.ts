import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBotPool } from '../../../../src/io/hosting/pool/bot-pool.js';
import type { BotThread } from '../../../../src/io/hosting/threads/bot-thread.js';
import { systemClock } from '../../../../src/time/clock.js';
import { afterTest } from '../../../kit/after-test.js';
import { makeFolder } from '../../../kit/folder.js';
import { createMailbox } from '../../../kit/mailbox.js';

/** A bot that writes on its standard output which versions of its files it is made of. */
type Files = (version: number) => Record<string, string>;

const made = (parts: string) =>
  `class MadeOf { constructor() { process.stdout.write([${parts}].join(' ')); } decide() { return { action: 'fold' }; } }`;

const forms: [string, Files][] = [
  [
    'bot.mjs',
    (v) => ({
      'bot.mjs': `import { helper } from './helper.mjs';
import data from './data.cjs';
export default ${made(`'bot ${v}', helper, data.data`)}`,
      'helper.mjs': `export const helper = 'helper ${v}';`,
      'data.cjs': `module.exports = require('./deep.cjs');`,
      'deep.cjs': `exports.data = 'deep ${v}';`,
    }),
  ],
  [
    'bot.ts',
    (v) => ({
      'bot.ts': `import { helper } from './helper.js';
import { data } from './data.mjs';
import table from './table.json';
const version: string = 'bot ${v}';
export default ${made(`version, helper, data, table.rows`)}`,
      'helper.ts': `export const helper: string = 'helper ${v}';`,
      'data.mjs': `export const data = 'data ${v}';`,
      'table.json': `{ "rows": "rows ${v}" }`,
    }),
  ],
  [
    'bot.cjs',
    (v) => ({
      'bot.cjs': `const { helper } = require('./helper');
const table = require('./table.json');
module.exports = ${made(`'bot ${v}', helper, table.rows`)}`,
      'helper.cjs': `exports.helper = 'helper ${v}';`,
      'helper.js': `exports.helper = 'helper ${v}';`,
      'table.json': `{ "rows": "rows ${v}" }`,
    }),
  ],
  [
    'bot.js',
    (v) => ({
      'package.json': '{ "type": "module" }',
      'bot.js': `import { helper } from './helper';
export default ${made(`'bot ${v}', helper`)}`,
      'helper.ts': `export const helper: string = 'helper ${v}';`,
    }),
  ],
];

function write(dir: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
}

/** @returns a pool of bots of this file, and what they write. */
function poolOf(path: string, place: BotThread['place']) {
  const output = createMailbox<string>();
  const pool = createBotPool(
    { place, path, exportName: null, env: {}, memoryMb: null, onOutput: (text) => output.push(text) },
    systemClock,
  );
  afterTest(() => pool.close());
  return { pool, output };
}

describe.each(['thread', 'process'] as const)('a bot in a %s', (place) => {
  it.each(forms)(
    'of %s plays the code of the first one, whatever has been saved since',
    async (name, files) => {
      const dir = makeFolder();
      write(dir, files(1));
      const { pool, output } = poolOf(join(dir, name), place);
      await pool.prepare();
      const first = await output.next();
      expect(first).toMatch(/^bot 1 helper 1/);
      expect(first).not.toContain('2');
      write(dir, files(2));
      pool.take();
      expect(await output.next()).toBe(first);
    },
  );

  it('plays on from files that are gone', async () => {
    const dir = makeFolder();
    const [, files] = forms[0] ?? expect.fail();
    write(dir, files(1));
    const { pool, output } = poolOf(join(dir, 'bot.mjs'), place);
    await pool.prepare();
    const first = await output.next();
    for (const file of ['helper.mjs', 'deep.cjs']) rmSync(join(dir, file));
    pool.take();
    expect(await output.next()).toBe(first);
  });
});
