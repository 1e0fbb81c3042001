/** Compares a package of the official SDK, as it is published, with what this package knows of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface KnownNames {
  version: string;
  /** Of functions, classes and constants. */
  values: readonly string[];
  types: readonly string[];
}

/** Names that only one side has. */
export interface NameDifference {
  version: string;
  added: string[];
  removed: string[];
}

interface Manifest {
  version: string;
  exports?: { '.'?: { import?: string; types?: string } };
  main?: string;
  types?: string;
}

/**
 * @param folder of the package as `npm pack` has it.
 * @throws when it is no package with an ES module.
 */
export async function compareOfficial(folder: string, known: KnownNames): Promise<NameDifference> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const entry = manifest.exports?.['.'];
  const program = entry?.import ?? manifest.main;
  if (program === undefined) throw new Error(`${folder} has no entry in its package.json.`);
  const loaded = (await import(pathToFileURL(join(folder, program)).href)) as object;
  const declarations = entry?.types ?? manifest.types;
  const text = declarations === undefined ? '' : readFileSync(join(folder, declarations), 'utf8');
  const values = Object.keys(loaded);
  const found = new Set([...values, ...declaredNames(text)]);
  const expected = new Set([...known.values, ...known.types]);
  return {
    version: manifest.version,
    added: [...found].filter((name) => !expected.has(name)).toSorted(),
    removed: [...expected].filter((name) => !found.has(name)).toSorted(),
  };
}

/** The names that declarations export in lists, `export { A, type B as C };`, or where they declare them. */
export function declaredNames(text: string): string[] {
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = '']) =>
    list.split(','),
  );
  const names = lists.map((part) =>
    part
      .replace(/^.*\bas\s/s, '')
      .replace(/\btype\s/, '')
      .trim(),
  );
  const declared =
    /^export (?:declare |abstract |async )*(?:class|const|function|interface|type|let|enum) (\w+)/gm;
  return [...names, ...[...text.matchAll(declared)].map(([, name = '']) => name)].filter(
    (name) => name !== '',
  );
}
