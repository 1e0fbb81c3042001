/** Imports point one way: what is below knows nothing of what is above it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/**
 * What a folder may import besides itself; the files beside the folders belong to all of them. Entry points of the
 * package that are loaded for a bot file do not count: it is the bot that wants them.
 */
const below: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  poker: ['protocol'],
  machines: ['protocol'],
  io: ['machines', 'poker', 'protocol'],
  chaos: ['protocol', 'sandbox'],
  sandbox: ['chaos', 'poker', 'protocol'],
  nats: ['io', 'machines', 'protocol'],
  testing: ['machines', 'protocol', 'sandbox'],
  inspect: ['io', 'protocol'],
  dashboard: ['io', 'machines', 'protocol', 'sandbox'],
};

function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  const targets = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => target);
  return targets.map((target) => relative(src, join(src, dirname(file), target)));
}

describe('the folders of the sources', () => {
  it.each(Object.entries(below))('%s imports only what is below it', (folder, allowed) => {
    const files = readdirSync(join(src, folder), { encoding: 'utf8', recursive: true }).filter((f) =>
      f.endsWith('.ts'),
    );
    const imported = files.flatMap((file) => importsOf(join(folder, file)));
    const folders = new Set(imported.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
    expect([...folders].filter((name) => name !== folder && !allowed.includes(name ?? ''))).toEqual([]);
  });
});
