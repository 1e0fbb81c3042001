/** The campaigns of package.json are programs of their own, in which there is no vitest: nor is there most of this kit. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readSources } from '../../scripts/architecture/imports.js';

const test = fileURLToPath(new URL('../', import.meta.url));
const scripts = Object.values<string>(
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).scripts,
);
const programs = scripts.flatMap((line) => /\btest\/(\S+\.ts)$/.exec(line)?.[1] ?? []);

it('nothing that a campaign imports imports vitest', () => {
  const files = new Map(readSources(test).map((file) => [file.path, file]));
  const reached = new Set(programs);
  for (const path of reached) for (const next of files.get(path)?.imports ?? []) reached.add(next);
  expect(programs.toSorted()).toEqual([
    'crash/run.ts',
    'differential/run.ts',
    'fuzz/run.ts',
    'outages/run.ts',
    'sequences/run.ts',
    'soak/run.ts',
  ]);
  const ofTest = [...reached].filter((path) => files.has(path));
  expect(ofTest.length).toBeGreaterThan(40);
  expect(ofTest.filter((path) => readFileSync(`${test}${path}`, 'utf8').includes("from 'vitest'"))).toEqual(
    [],
  );
});
