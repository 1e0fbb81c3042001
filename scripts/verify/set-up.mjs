// @ts-check
/** Installs the programs that the tests start, or says how to. */
import { delimiter } from 'node:path';
import { findProgram, programNamed, programsFor } from './programs.mjs';

/**
 * @typedef {import('./programs.mjs').ProgramName} ProgramName
 *
 * @typedef {object} SetUpParts
 * @property {import('./programs.mjs').Machine} machine
 * @property {boolean} isRoot
 * @property {(command: string, args: readonly string[]) => number} run shows what the command shows; its exit code
 * @property {(command: string, args: readonly string[]) => boolean} succeeds the same without a word
 * @property {(sentence: string) => void} say
 */

/**
 * Whether all programs are there in the end. On Debian, Ubuntu and what is made from them it installs those that are
 * missing, as root or with `sudo`; elsewhere it says what to install, a sentence for each.
 *
 * @param {SetUpParts} parts
 */
export function setUp(parts) {
  const { machine, say } = parts;
  const missing = () => programsFor(machine.platform).filter((name) => findProgram(name, machine) === null);
  const before = missing();
  if (before.length === 0) return browserStarts(parts);
  if (machine.platform !== 'linux' || !isInPath('apt-get', machine)) {
    for (const name of before) say(`${whatIsMissing(name)}: ${howTo(name, machine)}.`);
    return false;
  }
  if (!install(before, parts)) return false;
  const after = missing();
  for (const name of after)
    say(`${whatIsMissing(name)}, and apt-get did not bring it: install it${elsewhere(name)}.`);
  return after.length === 0 && browserStarts(parts);
}

/**
 * Ubuntu's package is only a way to a snap, which needs a snapd that runs: a container does not have it.
 *
 * @param {SetUpParts} parts
 */
function browserStarts({ machine, succeeds, say }) {
  const browser = findProgram('chromium', machine) ?? '';
  if (succeeds(browser, ['--version'])) return true;
  say(`${browser} does not start here: install Google Chrome, and have its path in CHROME_PATH.`);
  return false;
}

/**
 * @param {readonly ProgramName[]} missing
 * @param {SetUpParts} parts
 */
function install(missing, { machine, isRoot, run, succeeds, say }) {
  const asRoot = isRoot ? [] : ['sudo'];
  const line = ['apt-get', 'install', '-y', '--no-install-recommends'];
  if (!isRoot && !isInPath('sudo', machine)) {
    const names = missing.map((name) => programNamed(name).apt[0]).join(' ');
    say(`Run this as root, since there is no sudo here: ${line.join(' ')} ${names}`);
    return false;
  }
  /** @param {readonly string[]} words */
  const runLine = ([command = '', ...args]) => {
    if (run(command, args) === 0) return true;
    say(`This failed: ${[command, ...args].join(' ')}`);
    return false;
  };
  if (!runLine([...asRoot, 'apt-get', 'update'])) return false;
  const names = missing.map((name) => {
    const { apt } = programNamed(name);
    return apt.find((each) => succeeds('apt-get', ['install', '--simulate', each])) ?? apt[0];
  });
  return runLine([...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', ...line, ...names]);
}

/** @param {ProgramName} name */
function whatIsMissing(name) {
  const { title, use } = programNamed(name);
  return `${title} is missing (for ${use})`;
}

/**
 * @param {ProgramName} name
 * @param {import('./programs.mjs').Machine} machine
 */
function howTo(name, machine) {
  const { apt, dnf, brew } = programNamed(name);
  if (machine.platform === 'darwin' && brew !== undefined) return `brew install ${brew}`;
  if (isInPath('dnf', machine) && dnf !== undefined) return `sudo dnf install ${dnf}`;
  return `install it (Debian has it as ${apt[0]})${elsewhere(name)}`;
}

/** @param {ProgramName} name */
function elsewhere(name) {
  const { variable } = programNamed(name);
  return variable === undefined
    ? ', and have it in PATH'
    : `, and have it in PATH or its path in ${variable}`;
}

/**
 * @param {string} command
 * @param {import('./programs.mjs').Machine} machine
 */
function isInPath(command, { env, isProgram }) {
  return (env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && isProgram(`${folder}/${command}`));
}
