// @ts-check
/**
 * `npm run verify`: from a fresh clone on a fresh machine to all tests passed. Nothing of the package is installed when it
 * begins, so it needs Node and npm alone.
 */
import { spawnSync } from 'node:child_process';
import { thisMachine } from './programs.mjs';
import { setUp } from './set-up.mjs';

/** What builds and tests the package (vite 8) needs one of these; the package itself runs on Node 20.9 or newer. */
const oldest = /** @type {const} */ ([
  [20, 19],
  [22, 12],
]);

const steps = [['ci'], ['test'], ['run', 'check'], ['run', 'test:long']];

/** @param {string} sentence */
function say(sentence) {
  process.stderr.write(`verify: ${sentence}\n`);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {'inherit' | 'ignore'} stdio
 */
function exitCodeOf(command, args, stdio) {
  const { status, error } = spawnSync(command, args, { stdio, shell: process.platform === 'win32' });
  if (error !== undefined && stdio === 'inherit') say(`${command} cannot be started: ${error.message}`);
  return status ?? 1;
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || oldest.some(([line, least]) => major === line && minor >= least);
}

function verify() {
  if (!isNewEnough(process.versions.node)) {
    say(
      `This is Node ${process.versions.node}; building and testing needs 20.19 or newer, or 22.12 or newer.`,
    );
    return 1;
  }
  const isReady = setUp({
    machine: thisMachine,
    isRoot: process.getuid?.() === 0,
    run: (command, args) => exitCodeOf(command, args, 'inherit'),
    succeeds: (command, args) => exitCodeOf(command, args, 'ignore') === 0,
    say,
  });
  if (!isReady) return 1;
  for (const step of steps) {
    const line = `npm ${step.join(' ')}`;
    say(line);
    const start = Date.now();
    const code = exitCodeOf('npm', step, 'inherit');
    if (code !== 0) {
      say(`${line} failed.`);
      return code;
    }
    say(`${line} passed, in ${Math.round((Date.now() - start) / 1000)} s.`);
  }
  return 0;
}

try {
  process.exitCode = verify();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
