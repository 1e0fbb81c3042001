/** The house of docs/architecture.md: what stands below knows nothing of what stands above. */
import { readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { arrowsOf, circlesOf, readSources, sourceFile } from '../scripts/architecture/imports.js';
import { floorOf, roomOf, rooms } from '../scripts/architecture/rooms.js';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const files = readSources(src);

/** Arrows that run up, or lead out of the sources. */
const breachesOf = (sources: typeof files): string[] =>
  arrowsOf(sources)
    .filter(({ from, to }) => floorOf(from) <= floorOf(to))
    .flatMap(({ because }) => because);

describe('the rooms', () => {
  it('are every folder that holds code, and nothing else', () => {
    const folders = new Set(
      files.map(({ path }) => posix.dirname(path)).map((path) => (path === '.' ? '' : path)),
    );
    expect([...folders].toSorted()).toEqual(rooms.map(({ path }) => path).toSorted());
  });

  it('use only rooms that stand below them', () => {
    expect(breachesOf(files)).toEqual([]);
  });

  it('have no files that import each other in a loop', () => {
    expect(circlesOf(files)).toEqual([]);
  });

  it('leave no file at the top but the public entry', () => {
    expect(readdirSync(src).filter((name) => name.includes('.'))).toEqual(['index.ts']);
  });

  it('have no two files of one name, and none that imports what is not there', () => {
    const names = files.map(({ path }) => posix.basename(path)).filter((name) => name !== 'index.ts');
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    const paths = new Set(files.map(({ path }) => path));
    expect(files.flatMap((file) => file.imports).filter((path) => !paths.has(path))).toEqual([]);
  });

  it('share the lines among them', () => {
    const total = files.reduce((sum, { lines }) => sum + lines, 0);
    const share = (isIn: (path: string) => boolean): number =>
      files.reduce((sum, { path, lines }) => (isIn(path) ? sum + lines : sum), 0) / total;
    const shares = rooms.map(({ path }) => ({ room: path, share: share((file) => roomOf(file) === path) }));
    const sandbox = share((path) => path.startsWith('sandbox/'));
    const lines = [...shares, { room: 'sandbox with its rooms', share: sandbox }].map(
      (one) => `${(one.share * 100).toFixed(1).padStart(5)} %  ${one.room || 'the public entry'}\n`,
    );
    process.stdout.write(lines.join(''));
    expect(shares.filter((one) => one.share > 0.12)).toEqual([]);
    expect(sandbox).toBeLessThan(0.2);
  });
});

describe('the guard', () => {
  it.each([
    ['an import', "import { x } from '../cli/program.js';"],
    ['an import of types', "import type { X } from '../cli/program.js';"],
    ['an import for its effect', "import '../cli/program.js';"],
    ['an import on use', "const { x } = await import('../cli/program.js');"],
    ['an import on use over two lines', "const x = import(\n  '../cli/program.js'\n);"],
    ['a type that is imported in place', "type X = import('../cli/program.js').X;"],
    ['an export of something else', "export { x } from '../cli/program.js';"],
    ['an export of everything', "export * from '../cli/program.js';"],
    ['an import of the public entry', "import { x } from '../index.js';"],
  ])('sees %s that runs up', (_what, text) => {
    expect(breachesOf([sourceFile('machines/lobby.ts', text)])).toHaveLength(1);
  });

  it('sees an arrow between the rooms within a room', () => {
    const text = "import type { X } from '../doors/lobby-door.js';";
    expect(breachesOf([sourceFile('sandbox/match/matches.ts', text)])).toEqual([
      'sandbox/match/matches.ts -> sandbox/doors/lobby-door.ts',
    ]);
    const inner = "import { x } from './threads/bot-thread.js';";
    expect(breachesOf([sourceFile('io/hosting/load-bot.ts', inner)])).toHaveLength(1);
  });

  it('sees two rooms that use each other', () => {
    const there = sourceFile('chaos/plan.ts', "import { x } from '../sandbox/control.js';");
    const back = sourceFile('sandbox/control.ts', "import { x } from '../chaos/plan.js';");
    expect(breachesOf([there, back])).toEqual(['chaos/plan.ts -> sandbox/control.ts']);
    expect(circlesOf([there, back])).toEqual(['chaos/plan.ts -> sandbox/control.ts -> chaos/plan.ts']);
  });

  it('sees a loop within one room', () => {
    const loop = ['a', 'b', 'c'].map((name, index) =>
      sourceFile(`time/${name}.ts`, `import type { X } from './${['b', 'c', 'a'][index]}.js';`),
    );
    expect(circlesOf(loop)).toEqual(['time/a.ts -> time/b.ts -> time/c.ts -> time/a.ts']);
  });
});
