import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PinOptions, pinBot } from '../../src/pin/pin-bot.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';

/** A project with these files, beside a folder for pins. */
function makeProject(files: Record<string, string>) {
  const folder = realpathSync(makeFolder());
  const project = join(folder, 'project');
  for (const [name, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    const path = join(project, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const pins = join(folder, 'home', 'pins');
  return {
    folder,
    project,
    pins,
    async pin(file: string, more: Partial<PinOptions> = {}) {
      const pinned = await pinBot({ file: join(project, file), pins, cwd: project, ...more });
      afterTest(() => pinned.close());
      return pinned;
    },
  };
}

/** What a program says that Node runs from there. */
function runNode(file: string, cwd: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd, encoding: 'utf8' });
  return stdout + stderr;
}

/** Calls back whenever events have their turn. Returns the function that ends this. */
function atEachTurn(look: () => void): () => void {
  let isOver = false;
  setImmediate(function again() {
    if (isOver) return;
    look();
    setImmediate(again);
  });
  return () => {
    isOver = true;
  };
}

/** Whether the file system there copies files without copying a byte. */
function hasClones(folder: string): boolean {
  const path = join(folder, 'package.json');
  try {
    copyFileSync(path, `${path}.clone`, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  }
}

describe('a bot that plays from a copy', () => {
  it('reads code and data as they were, and packages where they are', async () => {
    const { project, folder, pin } = makeProject({
      'src/bot.mjs': `import { readFileSync } from 'node:fs';
import { near } from 'near';
import { above } from 'above';
import './part.mjs';
console.log(near, above, readFileSync(new URL('../data/table.txt', import.meta.url), 'utf8'), readFileSync('data/table.txt', 'utf8'));`,
      'src/part.mjs': `console.log('part');`,
      'data/table.txt': 'old',
      'node_modules/near/package.json': '{"name":"near","type":"module","exports":"./index.js"}',
      'node_modules/near/index.js': `export const near = 'near';`,
    });
    const above = join(folder, 'node_modules/above');
    mkdirSync(above, { recursive: true });
    writeFileSync(join(above, 'package.json'), '{"name":"above","type":"module","exports":"./index.js"}');
    writeFileSync(join(above, 'index.js'), `export const above = 'above';`);
    const { file, cwd, files, truePath } = await pin('src/bot.mjs');
    writeFileSync(join(project, 'data/table.txt'), 'new');
    rmSync(join(project, 'src/part.mjs'));
    expect(runNode(file, cwd)).toBe('part\nnear above old old\n');
    expect(files).toBe(4);
    expect(truePath(file)).toBe(join(project, 'src/bot.mjs'));
    expect(truePath(process.execPath)).toBe(process.execPath);
    expect(file).not.toContain('node_modules');
  });

  it('leaves out the token, the history, pipes, and what the session writes', async () => {
    const { project, pin } = makeProject({
      'bot.js': '',
      'chipzen.toml': 'token = "cz_extbot_secret"',
      '.git/HEAD': 'x',
      'matches/a.jsonl': 'x',
    });
    spawnSync('mkfifo', [join(project, 'pipe')]);
    const { file } = await pin('bot.js', { without: [join(project, 'matches')] });
    expect(readdirSync(dirname(file)).toSorted()).toEqual(['bot.js', 'package.json']);
  });

  it('has links within the project lead to the copy, and others to what they meant', async () => {
    const { project, folder, pin } = makeProject({ 'bot.js': '', 'data/a.txt': 'a' });
    writeFileSync(join(folder, 'outside.txt'), 'outside');
    symlinkSync(join(project, 'data'), join(project, 'linked'));
    symlinkSync(join(folder, 'outside.txt'), join(project, 'outside.txt'));
    symlinkSync('nowhere', join(project, 'broken'));
    const { file } = await pin('bot.js');
    const copy = dirname(file);
    expect(realpathSync(join(copy, 'linked'))).toBe(join(copy, 'data'));
    writeFileSync(join(folder, 'outside.txt'), 'changed');
    expect(readFileSync(join(copy, 'outside.txt'), 'utf8')).toBe('outside');
    expect(lstatSync(join(copy, 'broken')).isSymbolicLink()).toBe(true);
  });

  it('has what it imports from beside its project', async () => {
    const { folder, project, pin } = makeProject({
      'bot.mjs': `import { shared } from '../shared/part.mjs'; console.log(shared);`,
    });
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared/part.mjs'), `export const shared = 'shared';`);
    const pinned = await pin('bot.mjs');
    expect(runNode(pinned.file, pinned.cwd)).toBe('shared\n');
    expect(pinned.project).toBe(folder);
    expect(pinned.cwd).toBe(dirname(pinned.file));
    expect(pinned.truePath(pinned.cwd)).toBe(project);
  });

  it('is refused when it is too large, with what is large, and nothing is left', async () => {
    const { pins, pin } = makeProject({ 'bot.js': '', 'big/a.bin': 'x'.repeat(3_000_000) });
    await expect(pin('bot.js', { maxBytes: 2_000_000 })).rejects.toThrow(
      /too large to be copied.* largest so far: big \(3 MB\)/,
    );
    await expect(pin('bot.js', { maxFiles: 1 })).rejects.toThrow('1 files');
    expect(readdirSync(pins)).toEqual([]);
  });

  it('copies a large file in pieces, between which events have their turn', async () => {
    const { project, pins, pin } = makeProject({ 'bot.js': '' });
    const table = randomBytes(10_000_001);
    writeFileSync(join(project, 'table.bin'), table, { mode: 0o640 });
    const sizes = new Set<number>();
    const look = (): void => {
      for (const name of existsSync(pins) ? readdirSync(pins) : []) {
        let at = join(pins, name);
        // One more for each folder above with packages in it.
        while (existsSync(join(at, 'in'))) at = join(at, 'in');
        const file = statSync(join(at, 'copy', 'table.bin'), { throwIfNoEntry: false });
        if (file !== undefined) sizes.add(file.size);
      }
    };
    const stop = atEachTurn(look);
    const { file } = await pin('bot.js').finally(stop);
    const copy = join(dirname(file), 'table.bin');
    expect(readFileSync(copy).equals(table)).toBe(true);
    expect(statSync(copy).mode & 0o777).toBe(0o640);
    const piece = 4 * 1024 * 1024;
    expect([...sizes]).toEqual(hasClones(project) ? [table.length] : [piece, 2 * piece, table.length]);
  });

  it('leaves nothing when the process ends without closing it, but for what the bot wrote', async () => {
    const { pins, pin } = makeProject({ 'bot.js': '', 'big/a.bin': 'x'.repeat(3_000_000) });
    const before = process.listeners('exit');
    const endProcess = (): void => {
      for (const listener of process.listeners('exit')) if (!before.includes(listener)) listener(0);
    };
    const stop = atEachTurn(() => {
      if (!existsSync(pins) || readdirSync(pins).length === 0) return;
      stop();
      endProcess();
    });
    await expect(pin('bot.js')).rejects.toThrow('cannot be copied');
    expect(readdirSync(pins)).toEqual([]);

    const { file } = await pin('bot.js');
    writeFileSync(join(dirname(file), 'learned.json'), '{}');
    endProcess();
    expect(readdirSync(dirname(file))).toEqual(['learned.json']);

    await (await pin('bot.js')).close();
    expect(process.listeners('exit').length).toBe(before.length + 1);
  });

  it('leaves nothing when it ends, and takes away what killed sessions left', async () => {
    const { pins, pin } = makeProject({ 'bot.js': '' });
    mkdirSync(join(pins, '1-deadbeef', 'copy'), { recursive: true });
    const one = await pin('bot.js');
    const two = await pin('bot.js');
    expect(readdirSync(pins)).toHaveLength(2);
    expect(existsSync(one.file)).toBe(true);
    expect(await one.close()).toBeNull();
    expect(await two.close()).toBeNull();
    expect(readdirSync(pins)).toEqual([]);
  });

  it('is made where a copy of another session goes while it is looked at', async () => {
    const { pins, pin } = makeProject({ 'bot.js': 'export default {};\n' });
    mkdirSync(pins, { recursive: true });
    symlinkSync(join(pins, 'gone'), join(pins, '1-01234567'));
    expect(existsSync((await pin('bot.js')).file)).toBe(true);
  });

  it('touches nothing that is no copy in the folder of copies, which may be a link', async () => {
    const { folder, pins, pin } = makeProject({ 'bot.mjs': '' });
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(join(elsewhere, '42-work'), { recursive: true });
    writeFileSync(join(elsewhere, '42-work', 'notes.txt'), 'mine');
    writeFileSync(join(elsewhere, 'letter.txt'), 'mine');
    mkdirSync(dirname(pins), { recursive: true });
    symlinkSync(elsewhere, pins);
    await (await pin('bot.mjs')).close();
    expect(readdirSync(elsewhere).toSorted()).toEqual(['42-work', 'letter.txt']);
    expect(readdirSync(join(elsewhere, '42-work'))).toEqual(['notes.txt']);
  });

  it('keeps what it wrote for a week, and says where', async () => {
    const { pins, pin } = makeProject({ 'bot.js': '', 'data/old.txt': 'old', 'data/same.txt': 'same' });
    const { file, close } = await pin('bot.js');
    const copy = dirname(file);
    writeFileSync(join(copy, 'data/learned.json'), '{}');
    writeFileSync(join(copy, 'data/old.txt'), 'changed by the bot');
    expect(await close()).toBe(
      `The bot wrote ${join('data', 'learned.json')}, ${join('data', 'old.txt')} in its copy of ${join(dirname(dirname(pins)), 'project')}, which are kept for a week: ${copy}`,
    );
    expect(readdirSync(copy)).toEqual(['data']);
    expect(readdirSync(join(copy, 'data')).toSorted()).toEqual(['learned.json', 'old.txt']);
    const next = await pin('bot.js');
    expect(existsSync(join(copy, 'data/learned.json'))).toBe(true);
    await next.close();
    const later = await pin('bot.js', { wallNow: () => Date.now() + 8 * 24 * 3_600_000 });
    expect(existsSync(copy)).toBe(false);
    await later.close();
  });
});
