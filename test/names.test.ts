/** A name that is exported means one thing in the whole house. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const declared =
  /^export (?:abstract |async |declare )*(?:class|const|enum|function\*?|interface|let|type) (\w+)/gm;

it('no two files export a name of their own that is the same', () => {
  const places = new Map<string, Set<string>>();
  for (const file of readdirSync(src, { encoding: 'utf8', recursive: true }).filter((path) =>
    path.endsWith('.ts'),
  )) {
    for (const [, name = ''] of readFileSync(join(src, file), 'utf8').matchAll(declared)) {
      places.set(name, (places.get(name) ?? new Set()).add(file));
    }
  }
  expect(places.size).toBeGreaterThan(500);
  expect(
    [...places]
      .filter(([, files]) => files.size > 1)
      .map(([name, files]) => `${name}: ${[...files].join(', ')}`),
  ).toEqual([]);
});
