/** Chaos by name or from a TOML file, and the command line that repeats it. */
import { readFileSync, statSync } from 'node:fs';
import { parse, TomlError, type TomlTable } from 'smol-toml';
import { oddKindOf } from '../files/file-kind.js';
import { isTable } from '../protocol/checks.js';
import { ConfigError } from '../protocol/errors.js';
import { checkChaos, type Place } from './fault-rules.js';
import type { Chaos } from './faults.js';
import { profiles } from './profiles.js';

const defaults = { maxFileBytes: 1024 * 1024 } as const;

/**
 * The profile with this name, or the chaos in the file with this name: `name`, `description` and a `[[fault]]` table
 * for each fault, with the fields of `ChaosFault`. `retry-after-seconds` and `retry_after_seconds` are accepted for
 * `retryAfterSeconds`.
 *
 * @throws {ConfigError} for an unknown name, and for a file that cannot be read or used; the message names file,
 * fault and field.
 */
export function loadChaos(nameOrFile: string): Chaos {
  const profile = profiles.find(({ name }) => name === nameOrFile);
  return profile ?? parseChaos(readText(nameOrFile), nameOrFile);
}

/**
 * @param path of the file of the text, for messages.
 * @throws {ConfigError} as `loadChaos`.
 */
export function parseChaos(text: string, path: string): Chaos {
  const complain = ({ fault, field }: Place, what: string) => {
    const place = [
      ...(fault === undefined ? [] : [`fault ${fault}`]),
      ...(field === undefined ? [] : [field]),
    ];
    const name = [
      ...(fault === undefined ? [] : [`fault[${fault}]`]),
      ...(field === undefined ? [] : [field]),
    ];
    return new ConfigError(`${path}: ${place.join(', ')} ${what}.`, {
      path,
      ...(name.length > 0 && { field: name.join('.') }),
    });
  };
  const { fault: faults = [], ...rest } = parseToml(text, path);
  if (!Array.isArray(faults)) throw complain({ field: 'fault' }, 'must be written as [[fault]] tables');
  if ('faults' in rest) throw complain({ field: 'faults' }, 'is not known; write [[fault]] tables');
  return checkChaos(
    {
      ...rest,
      faults: faults.map((table: unknown, index) =>
        isTable(table) ? faultOf(table, (field, what) => complain({ fault: index + 1, field }, what)) : table,
      ),
    },
    complain,
  );
}

/** The table with its keys renamed to the names of the fields. */
function faultOf(
  table: Record<string, unknown>,
  complain: (field: string, what: string) => Error,
): Record<string, unknown> {
  const fault: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(table)) {
    const field = camelCase(key);
    if (Object.hasOwn(fault, field)) throw complain(key, 'is there twice');
    fault[field] = field === 'kind' && typeof value === 'string' ? camelCase(value) : value;
  }
  return fault;
}

function camelCase(name: string): string {
  return name.replace(/[-_]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function readText(path: string): string {
  try {
    const stats = statSync(path);
    const kind = oddKindOf(stats);
    if (kind !== null) {
      throw new ConfigError(`${path} is ${kind}, not a file. Give a profile or a TOML file.`, { path });
    }
    if (stats.size > defaults.maxFileBytes) {
      throw new ConfigError(`${path} is too large for a chaos (over 1 MiB). Is it the right file?`, { path });
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    if (error instanceof TypeError) throw new ConfigError(`${path} is not UTF-8 text.`, { path });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new ConfigError(
      code === 'ENOENT'
        ? `There is neither a profile nor a file ${path}. Profiles: ${profiles.map(({ name }) => name).join(', ')}.`
        : `${path} cannot be read (${code}).`,
      { path },
    );
  }
}

function parseToml(text: string, path: string): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    const { line, column } = error instanceof TomlError ? error : { line: 1, column: 1 };
    throw new ConfigError(`${path} is not valid TOML: look at line ${line}, column ${column}.`, { path });
  }
}

/**
 * A command line that runs the same chaos with the same seed.
 *
 * @param command the arguments of `chipzen-agent`: `['proxy', 'ws://127.0.0.1:8001']`, `['sandbox', '--hands', '5']`.
 * @param chaos the name of a profile, or a file; null: no chaos.
 */
export function describeReplay(command: readonly string[], chaos: string | null, seed: string): string {
  const chosen = chaos === null ? [] : ['--chaos', chaos];
  return ['chipzen-agent', ...command, ...chosen, '--seed', seed].map(quote).join(' ');
}

function quote(argument: string): string {
  return /^[\w./:@%+=,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
