/**
 * Where in its author's own files an error of a bot came about. Stacks also name Node, this package, and packages that
 * the bot uses; translated files keep the lines of their sources, and other files may have a source map.
 */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeUrl } from '../../files/own-files.js';

const defaults = {
  maxFrames: 200,
  maxCauses: 8,
  maxMapBytes: 16 * 1024 * 1024,
  /** Source maps that are kept; a bot has few files. */
  maxMaps: 64,
} as const;

/** A line of a stack that names a place: what stands before the place, the file, the line and the column. */
const frameLine = /^(\s*at (?:.*?[\s(])?)((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)(\)?)$/;

/** The folder of this package's own code: `src`, or `dist` in the build. */
let ownFolder: string | null | undefined;

interface Place {
  file: string;
  /** From 1. */
  line: number;
}

/**
 * The place as `FILE:LINE`, from the working directory where the file is in it; null where the error does not name one. An
 * error that comes from a package which the bot uses has the place of the bot's call. What has no place of its own, as the
 * error of `Promise.any`, has that of its cause, or of the first error in it. Never throws.
 */
export function authorPlaceOf(error: unknown): string | null {
  try {
    if (!(error instanceof Error)) return null;
    const places = placesBehind(error);
    const beyond = places.findIndex(({ file }) => isOf(file, 'xstate'));
    // Behind XState is whoever started the session, which did not cause what happens in it.
    const inner = (beyond < 0 ? places : places.slice(0, beyond)).filter(({ file }) => !isOf(file, 'jiti'));
    const place = inner.find(({ file }) => !isInPackage(file)) ?? inner[0];
    return place === undefined ? null : shownPlace(place.file, place.line);
  } catch {
    return null;
  }
}

function placesBehind(error: Error): Place[] {
  let at: unknown = error;
  for (let depth = 0; depth <= defaults.maxCauses && at instanceof Error; depth++) {
    const places = placesIn(at.stack);
    if (places.length > 0) return places;
    at = at.cause ?? (at instanceof AggregateError ? at.errors[0] : undefined);
  }
  return [];
}

/** A place as `FILE:LINE`, from the working directory where the file is in it. */
export function shownPlace(file: string, line: number): string {
  const near = relative(process.cwd(), file);
  return `${near.startsWith('..') || isAbsolute(near) ? file : near}:${line}`;
}

/** A stack with the places of the sources, where the files in it have source maps. */
export function authorStackOf(stack: string): string {
  return stack
    .split('\n')
    .map((text) => {
      const found = frameLine.exec(text);
      if (found === null) return text;
      const [, before = '', path = '', line = '', column = '', after = ''] = found;
      const file = pathOf(path);
      const origin = originOf(file, Number(line), Number(column));
      return origin === null ? text : `${before}${origin.file}:${origin.line}${after}`;
    })
    .join('\n');
}

/** The places of a stack that are neither Node's nor this package's, the innermost first. */
function placesIn(stack: string | undefined): Place[] {
  ownFolder ??= ownFolderOf(fileURLToPath(codeUrl));
  const own = ownFolder;
  const lines = (stack ?? '').split('\n', defaults.maxFrames);
  return lines.flatMap((text) => {
    const found = frameLine.exec(text);
    if (found === null) return [];
    const [, , path = '', line = '', column = ''] = found;
    const file = pathOf(path);
    if (own !== null && file.startsWith(own)) return [];
    return originOf(file, Number(line), Number(column)) ?? { file, line: Number(line) };
  });
}

function pathOf(text: string): string {
  // A file that is loaded anew may have a query (docs of `import()`).
  return text.startsWith('file://') ? fileURLToPath(text.replace(/[?#].*$/, '')) : text;
}

const isOf = (file: string, name: string): boolean => file.includes(`${sep}node_modules${sep}${name}${sep}`);
const isInPackage = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);

/** Null where the code of this package is a part of another program, which its author has bundled. */
function ownFolderOf(path: string): string | null {
  let folder = dirname(path);
  while (!/^(?:src|dist)$/.test(basename(folder))) {
    if (folder === dirname(folder)) return null;
    folder = dirname(folder);
  }
  try {
    const { name } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as {
      name?: unknown;
    };
    return name === 'chipzen-agent' ? folder + sep : null;
  } catch {
    return null;
  }
}

// --- source maps ---

interface Mapped {
  map: SourceMap;
  folder: string;
}

const maps = new Map<string, Mapped | null>();

function originOf(file: string, line: number, column: number): Place | null {
  const mapped = mapOf(file);
  if (mapped === null) return null;
  const entry = mapped.map.findEntry(line - 1, column - 1);
  if (!('originalSource' in entry) || entry.originalSource === undefined) return null;
  const { originalSource, originalLine } = entry;
  const source = originalSource.startsWith('file://')
    ? fileURLToPath(originalSource)
    : resolve(mapped.folder, originalSource);
  return { file: source, line: originalLine + 1 };
}

function mapOf(file: string): Mapped | null {
  const known = maps.get(file);
  if (known !== undefined) return known;
  const mapped = /\.[cm]?js$/.test(file) ? readMap(file) : null;
  if (maps.size >= defaults.maxMaps) maps.clear();
  maps.set(file, mapped);
  return mapped;
}

function readMap(file: string): Mapped | null {
  try {
    const [, url] = /\n\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(readFileSync(file, 'utf8')) ?? [];
    if (url === undefined) return null;
    const text = textOfMap(url, file);
    if (text.length > defaults.maxMapBytes) return null;
    const payload = JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0];
    return { map: new SourceMap(payload), folder: resolve(dirname(file), payload.sourceRoot || '.') };
  } catch {
    // A map that is missing or broken: the place in the file itself is shown.
    return null;
  }
}

function textOfMap(url: string, file: string): string {
  const [, base64, data] = /^data:application\/json[^,]*?(;base64)?,(.*)$/.exec(url) ?? [];
  if (data === undefined) return readFileSync(resolve(dirname(file), url), 'utf8');
  return base64 === undefined ? decodeURIComponent(data) : Buffer.from(data, 'base64').toString();
}
