/**
 * A test file that uses the build, a browser or a NATS server says so in its name (scripts/test-files.ts). Where it does
 * not, what it reads or starts is refused here, rather than missing on the next machine. Set up for every test file.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { assertNamedFor, type Need } from '../../scripts/test-files.js';
import { findProgram } from '../../scripts/verify/programs.mjs';

const build = fileURLToPath(new URL('../../dist/', import.meta.url));
const browser = basename(findProgram('chromium') ?? '');
const watched = Symbol.for('chipzen-agent.names-guard');

const textOf = (value: unknown): string => {
  if (value instanceof URL && value.protocol === 'file:') return fileURLToPath(value);
  return typeof value === 'string' ? value : '';
};

function check(need: Need, isNeeded: boolean): void {
  if (isNeeded) assertNamedFor(need, expect.getState().testPath ?? '');
}

function checkPath(path: unknown): void {
  const text = textOf(path);
  check('the build', text.includes(build) || `${resolve(text)}/`.startsWith(build));
}

function checkCommand(command: unknown, args: unknown): void {
  for (const each of [command, args].flat()) checkPath(each);
  const name = basename(textOf(command));
  check('a browser', name === browser);
  check('a NATS server', name === 'nats-server');
}

type AnyFunction = (...args: unknown[]) => unknown;

/** The same function, whose arguments are looked at first. */
function checking(original: AnyFunction, look: (first: unknown, second: unknown) => void): AnyFunction {
  const checked: AnyFunction = (...args) => {
    look(args[0], args[1]);
    return original(...args);
  };
  const promised = (original as { [promisify.custom]?: AnyFunction })[promisify.custom];
  return promised === undefined
    ? checked
    : Object.assign(checked, { [promisify.custom]: checking(promised, look) });
}

if (!(watched in fs)) {
  Object.defineProperty(fs, watched, { value: true });
  for (const name of ['createReadStream', 'openSync', 'readFileSync', 'readdirSync', 'statSync'] as const) {
    Object.assign(fs, { [name]: checking(fs[name] as AnyFunction, checkPath) });
  }
  for (const name of ['execFile', 'execFileSync', 'fork', 'spawn', 'spawnSync'] as const) {
    Object.assign(childProcess, { [name]: checking(childProcess[name] as AnyFunction, checkCommand) });
  }
  syncBuiltinESMExports();
}
