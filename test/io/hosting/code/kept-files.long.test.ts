/** Later threads and processes of a bot evaluate what the first one did. */
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { type BotCode, createBotCode } from '../../../../src/io/hosting/code/bot-code.js';
import { codeMessages } from '../../../../src/io/hosting/code/code-messages.js';
import { importedFiles } from '../../../../src/io/hosting/code/imported-files.js';
import type { FromThread } from '../../../../src/io/hosting/threads/bot-messages.js';
import { createProposalBoard } from '../../../../src/io/hosting/threads/proposal-board.js';
import { makeFolder } from '../../../kit/folder.js';

const entry = fileURLToPath(
  new URL('../../../../dist/io/hosting/threads/bot-thread-entry.js', import.meta.url),
);

/** The files of a bot that writes on its standard output which versions of its files it is made of. */
type Files = (version: number) => Record<string, string>;

const made = (parts: string) =>
  `class MadeOf { constructor() { process.stdout.write([${parts}].join(', ')); } decide() { return { action: 'fold' }; } }`;

const forms: [string, Files][] = [
  [
    'bot.mjs',
    (v) => ({
      'bot.mjs': `import { helper } from './lib/helper.mjs';
import data from './data.cjs';
export default ${made(`'bot ${v}', helper, data.data`)}`,
      'lib/helper.mjs': `export const helper = 'helper ${v}';`,
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
export default ${made('version, helper, data, table.rows')}`,
      'helper.ts': `export const helper: string = 'helper ${v}';`,
      'data.mjs': `export const data = 'data ${v}';`,
      'table.json': `{ "rows": "rows ${v}" }`,
    }),
  ],
  [
    'main.ts',
    (v) => ({
      'main.ts': `import data from './data.cjs';
export default ${made(`'bot ${v}', data.helper`)}`,
      'data.cjs': `module.exports = require('./deep');`,
      'deep.cjs': `module.exports = { helper: 'helper ${v}' };`,
    }),
  ],
  [
    'bot.cjs',
    (v) => ({
      'bot.cjs': `const { helper } = require('./helper');
const table = require('./table.json');
module.exports = ${made(`'bot ${v}', helper, table.rows`)}`,
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
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}

/** Starts a thread of this code. @returns what its bot wrote, or why it could not be made. */
async function madeIn(code: BotCode): Promise<string> {
  const path = code.loaded().file;
  const place = code.place();
  const thread = new Worker(entry, {
    workerData: { path, exportName: null, code: place.files, board: createProposalBoard() },
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  let out = '';
  thread.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  const why = await new Promise<string | null>((resolve) => {
    thread.on('message', (message: FromThread) => {
      if (place.take(message)) return;
      if (message.type === 'ready') resolve(null);
      if (message.type === 'unfit') resolve(message.message);
    });
  });
  await thread.terminate();
  return why ?? out;
}

/** A file that adds a letter to this one each time that it is evaluated, and throws. */
const thrower = (ext: string, count: string): string => {
  const fs = /^c?js$/.test(ext) ? `const fs = require('node:fs')` : `import fs from 'node:fs'`;
  return `${fs};\nfs.appendFileSync(${JSON.stringify(count)}, 'x');\nthrow new Error('boom');`;
};

describe('the code of a bot', () => {
  it.each(forms)('in %s is that of the first thread, whatever was saved since', async (name, files) => {
    const dir = makeFolder();
    write(dir, files(1));
    const code = createBotCode(join(dir, name));
    const first = await madeIn(code);
    expect(first).toMatch(/^bot 1, helper 1/);
    expect(first).not.toContain('2');
    write(dir, files(2));
    expect(await madeIn(code)).toBe(first);
    // What is loaded anew is new.
    expect(await madeIn(createBotCode(join(dir, name)))).toBe(first.replaceAll('1', '2'));
    const paths = code.loaded().files.map(({ path }) => path);
    expect(paths.filter((path) => !path.startsWith(dir))).toEqual([]);
  });

  it.each(
    forms.flatMap(([name, files]) => [
      { name, files, gone: 'all files' },
      { name, files, gone: 'what it imports' },
      { name, files, gone: 'the bot file' },
    ]),
  )('in $name is that of the first thread when $gone was removed since', async ({ name, files, gone }) => {
    const dir = makeFolder();
    write(dir, files(1));
    const code = createBotCode(join(dir, name));
    const first = await madeIn(code);
    expect(first).toMatch(/^bot 1, helper 1/);
    for (const file of Object.keys(files(1))) {
      if (gone === 'all files' || (file === name) === (gone === 'the bot file')) rmSync(join(dir, file));
    }
    expect(await madeIn(code)).toBe(first);
  });

  it.each(forms)('in %s is that of the folder to which a link led', async (name, files) => {
    const dir = makeFolder();
    write(join(dir, 'releases/1'), files(1));
    write(join(dir, 'releases/2'), files(2));
    symlinkSync('releases/1', join(dir, 'current'));
    const code = createBotCode(join(dir, 'current', name));
    const first = await madeIn(code);
    expect(first).toMatch(/^bot 1, helper 1/);
    symlinkSync('releases/2', join(dir, 'next'));
    renameSync(join(dir, 'next'), join(dir, 'current'));
    expect(await madeIn(code)).toBe(first);
    const { file, files: loaded } = code.loaded();
    expect(file).toBe(join(dir, 'releases/1', name));
    for (const { path } of loaded) expect(path.startsWith(join(dir, 'releases/1'))).toBe(true);
    expect(await madeIn(createBotCode(join(dir, 'current', name)))).toBe(first.replaceAll('1', '2'));
  });

  it('is that of the file to which a link led', async () => {
    const dir = makeFolder();
    for (const v of [1, 2]) writeFileSync(join(dir, `bot-${v}.mjs`), `export default ${made(`'bot ${v}'`)}`);
    symlinkSync('bot-1.mjs', join(dir, 'bot.mjs'));
    const code = createBotCode(join(dir, 'bot.mjs'));
    expect(await madeIn(code)).toBe('bot 1');
    rmSync(join(dir, 'bot.mjs'));
    symlinkSync('bot-2.mjs', join(dir, 'bot.mjs'));
    expect(await madeIn(code)).toBe('bot 1');
    expect(code.loaded()).toMatchObject({
      file: join(dir, 'bot-1.mjs'),
      files: [{ path: join(dir, 'bot-1.mjs') }],
    });
  });

  it.each<[string, Record<string, string>]>([
    [
      'bot.mjs',
      { 'bot.mjs': `import { helper } from './helper.mjs';`, 'helper.mjs': 'export const helper =' },
    ],
    [
      'bot.ts',
      { 'bot.ts': `import { helper } from './helper.js';`, 'helper.ts': 'export const helper: string =' },
    ],
    [
      'main.ts',
      { 'main.ts': `import { helper } from './helper.mjs';`, 'helper.mjs': 'export const helper =' },
    ],
    ['bot.cjs', { 'bot.cjs': `const { helper } = require('./helper');`, 'helper.cjs': 'exports.helper =' }],
  ])('in %s is that of the file to which a link among its imports led', async (name, files) => {
    const dir = makeFolder();
    const [helper = '', text = ''] = Object.entries(files).find(([file]) => file !== name) ?? [];
    const exported = name.endsWith('cjs') ? 'module.exports =' : 'export default';
    write(dir, {
      [name]: `${files[name]}\n${exported} ${made("'bot 1', helper")}`,
      [`one/${helper}`]: `${text} 'helper 1';`,
      [`two/${helper}`]: `${text} 'helper 2';`,
    });
    symlinkSync(`one/${helper}`, join(dir, helper));
    const code = createBotCode(join(dir, name));
    expect(await madeIn(code)).toBe('bot 1, helper 1');
    rmSync(join(dir, helper));
    // A link to nothing, and to another file.
    for (const target of ['gone', `two/${helper}`]) {
      symlinkSync(target, join(dir, helper));
      expect(await madeIn(code)).toBe('bot 1, helper 1');
      if (target === 'gone') rmSync(join(dir, helper));
    }
    expect(await madeIn(createBotCode(join(dir, name)))).toBe('bot 1, helper 2');
    expect(code.loaded().files.map(({ path }) => path)).toEqual([join(dir, name), join(dir, 'one', helper)]);
    expect(code.watched()).toContainEqual(
      expect.objectContaining({ form: 'link', path: join(dir, helper), text: join(dir, 'one', helper) }),
    );
    // On the thread of the agent the same files are found.
    const found = importedFiles(join(dir, name)).map(({ path }) => path);
    expect(found).toEqual([join(dir, name), join(dir, 'two', helper), join(dir, helper)]);
  });

  it('is what loaders read: packages, and what a bot reads itself, are as they are on the disk', async () => {
    const dir = makeFolder();
    const files = (v: number) => ({
      'bot.mjs': `import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import lib from 'lib';
const here = (name) => new URL(name, import.meta.url);
const self = readFileSync(here('./bot.mjs'), 'utf8').slice(-1);
const soon = (await readFile(here('./bot.mjs'), 'utf8')).slice(-1);
export default ${made(`'bot ${v}', lib, self, soon, readFileSync(here('./data.txt'), 'utf8')`)} //${v}`,
      'data.txt': `data ${v}`,
      'node_modules/lib/package.json': '{ "name": "lib", "main": "index.js" }',
      'node_modules/lib/index.js': `module.exports = 'lib ${v}';`,
    });
    write(dir, files(1));
    const code = createBotCode(join(dir, 'bot.mjs'));
    expect(await madeIn(code)).toBe('bot 1, lib 1, 1, 1, data 1');
    write(dir, files(2));
    expect(await madeIn(code)).toBe('bot 1, lib 2, 2, 2, data 2');
  });

  it.each(['mjs', 'ts'])('in .%s is kept where the official SDK is installed beside it', async (ext) => {
    const dir = makeFolder();
    const files = (v: number) => ({
      [`bot.${ext}`]: `import { Bot } from '@chipzen-ai/bot';
import { helper } from './helper.mjs';
import lib from 'lib';
${made(`'bot ${v}', helper, lib`)};
export default class extends Bot { bot = new MadeOf(); decide() { return this.bot.decide(); } }`,
      'helper.mjs': `export const helper = 'helper ${v}';`,
      'node_modules/@chipzen-ai/bot/package.json': '{ "type": "module", "exports": "./index.js" }',
      'node_modules/@chipzen-ai/bot/index.js': `throw new Error('The SDK itself was loaded.');`,
      'node_modules/lib/package.json': '{ "type": "module", "exports": "./index.js" }',
      'node_modules/lib/index.js': `import { Bot } from '@chipzen-ai/bot'; export default Bot.name;`,
    });
    write(dir, files(1));
    const code = createBotCode(join(dir, `bot.${ext}`));
    expect(await madeIn(code)).toBe('bot 1, helper 1, Bot');
    write(dir, files(2));
    expect(await madeIn(code)).toBe('bot 1, helper 1, Bot');
  });

  it('has a file that is imported late and was removed before', async () => {
    const dir = makeFolder();
    const bot = `let late;
${made("'bot 1', late")};
export default async () => { ({ late } = await import('./late.mjs')); return new MadeOf(); };`;
    write(dir, { 'bot.mjs': bot, 'late.mjs': `export const late = 'late 1';` });
    const code = createBotCode(join(dir, 'bot.mjs'));
    const first = await madeIn(code);
    expect(first).toBe('bot 1, late 1');
    rmSync(join(dir, 'late.mjs'));
    expect(await madeIn(code)).toBe(first);
  });

  it('is translated once', async () => {
    const dir = makeFolder();
    write(dir, {
      'bot.ts': `import { helper } from './helper.js';
export default ${made("'bot 1', helper")}`,
      'helper.ts': `export const helper: string = 'helper 1';`,
    });
    const code = createBotCode(join(dir, 'bot.ts'));
    expect(await madeIn(code)).toBe('bot 1, helper 1');
    const { files } = code.place();
    expect(files.map(({ path, form }) => [path, form])).toEqual([
      [join(dir, 'bot.ts'), 'source'],
      [join(dir, 'bot.ts'), 'module'],
      [join(dir, 'helper.ts'), 'source'],
      [join(dir, 'helper.ts'), 'module'],
    ]);
    expect(code.loaded().files.map(({ path }) => path)).toEqual([
      join(dir, 'bot.ts'),
      join(dir, 'helper.ts'),
    ]);
    // Whoever has the translation takes it, without looking at the source again.
    const other = createBotCode(join(dir, 'bot.ts'));
    for (const file of files) {
      const text = file.form === 'module' ? file.text.replace("'helper 1'", "'helper 2'") : file.text;
      for (const message of codeMessages({ ...file, text })) other.place().take(message);
    }
    expect(await madeIn(other)).toBe('bot 1, helper 2');
  });

  it('may have files of many parts', async () => {
    const dir = makeFolder();
    const files = (v: number) => ({
      'bot.mjs': `import { size, end } from './table.mjs'; export default ${made('size, end')}`,
      'table.mjs': `const text = '${'x'.repeat(700_000)}'; export const size = text.length; export const end = 'end ${v}';`,
    });
    write(dir, files(1));
    const code = createBotCode(join(dir, 'bot.mjs'));
    await madeIn(code);
    write(dir, files(2));
    expect(await madeIn(code)).toBe('700000, end 1');
  });

  it.each(['mjs', 'cjs', 'ts', 'js'])('is evaluated once when it throws, in .%s', async (ext) => {
    const dir = makeFolder();
    const path = join(dir, `bot.${ext}`);
    writeFileSync(path, thrower(ext, join(dir, 'count')));
    expect(await madeIn(createBotCode(path))).toContain(`bot.${ext} cannot be loaded: boom`);
    expect(readFileSync(join(dir, 'count'), 'utf8')).toBe('x');
  });

  it.each(['mjs', 'cjs'])('is evaluated once when a translated file imports it, in .%s', async (ext) => {
    const dir = makeFolder();
    writeFileSync(join(dir, `dep.${ext}`), thrower(ext === 'cjs' ? 'cjs' : ext, join(dir, 'count')));
    writeFileSync(join(dir, 'bot.ts'), `import './dep.${ext}';\nexport default class { decide(): void {} }`);
    expect(await madeIn(createBotCode(join(dir, 'bot.ts')))).toContain('cannot be loaded: boom');
    expect(readFileSync(join(dir, 'count'), 'utf8')).toBe('x');
  });
});
