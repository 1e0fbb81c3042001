// @ts-check
/**
 * Where a machine keeps the programs that the tests start. Plain JavaScript without dependencies, because `npm run verify`
 * asks before anything is installed.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

/**
 * @typedef {object} Program
 * @property {string} title as sentences call it
 * @property {string} use what needs it
 * @property {string} [variable] of the environment: its path, which comes before every search
 * @property {readonly string[]} names in PATH, the best first
 * @property {readonly string[]} [onMac] paths, `~` being the user's folder
 * @property {readonly (readonly [string, string])[]} [onWindows] the variable of a folder, and a path in it
 * @property {readonly NodeJS.Platform[]} [only] the systems whose tests need it; all of them when left out
 * @property {readonly [string, ...string[]]} apt Debian's and Ubuntu's package; of several the first one that there is
 * @property {string} [dnf] Fedora's package
 * @property {string} [brew] what to tell Homebrew to install
 *
 * @typedef {object} Machine what is looked at; a test has one of its own
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {(path: string) => boolean} isProgram whether there is a program at this path
 */

/** Folders that PATH often leaves out. */
const otherFolders = [
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
  '/snap/bin',
  '~/go/bin',
];

/** @satisfies {Record<string, Program>} */
const programs = {
  chromium: {
    title: 'Chromium or Chrome',
    use: 'the tests of the dashboard and the inspector',
    variable: 'CHROME_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    onMac: ['Chromium', 'Google Chrome'].flatMap((app) =>
      ['/Applications', '~/Applications'].map((folder) => `${folder}/${app}.app/Contents/MacOS/${app}`),
    ),
    onWindows: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) =>
      ['Google\\Chrome', 'Chromium'].map(
        (app) => /** @type {const} */ ([variable, `${app}\\Application\\chrome.exe`]),
      ),
    ),
    apt: ['chromium', 'chromium-browser'],
    dnf: 'chromium',
    brew: '--cask google-chrome',
  },
  'nats-server': {
    title: 'A NATS server (nats-server)',
    use: 'the tests of workers',
    variable: 'NATS_SERVER_PATH',
    names: ['nats-server'],
    apt: ['nats-server'],
    brew: 'nats-server',
  },
  promtool: {
    title: 'The command promtool of Prometheus',
    use: 'the tests of metrics',
    names: ['promtool'],
    apt: ['prometheus'],
    brew: 'prometheus',
  },
  tinyproxy: {
    title: 'The proxy tinyproxy',
    use: 'the tests of proxies',
    names: ['tinyproxy'],
    apt: ['tinyproxy'],
    dnf: 'tinyproxy',
    brew: 'tinyproxy',
  },
  openssl: {
    title: 'The command openssl',
    use: 'the tests of proxies',
    names: ['openssl'],
    apt: ['openssl'],
    dnf: 'openssl',
    brew: 'openssl',
  },
  script: {
    title: 'The command script of util-linux',
    use: 'the tests on a terminal',
    names: ['script'],
    only: ['linux'],
    apt: ['bsdutils'],
    dnf: 'util-linux-script',
  },
  'systemd-analyze': {
    title: 'The command systemd-analyze',
    use: 'the tests of units for systemd',
    names: ['systemd-analyze'],
    only: ['linux'],
    apt: ['systemd'],
    dnf: 'systemd',
  },
  bash: {
    title: 'The shell bash',
    use: 'the tests of shell completion',
    names: ['bash'],
    only: ['linux', 'darwin'],
    apt: ['bash'],
    dnf: 'bash',
    brew: 'bash',
  },
  zsh: {
    title: 'The shell zsh',
    use: 'the tests of shell completion',
    names: ['zsh'],
    only: ['linux', 'darwin'],
    apt: ['zsh'],
    dnf: 'zsh',
    brew: 'zsh',
  },
  fish: {
    title: 'The shell fish',
    use: 'the tests of shell completion',
    names: ['fish'],
    only: ['linux', 'darwin'],
    apt: ['fish'],
    dnf: 'fish',
    brew: 'fish',
  },
};

/** @typedef {keyof typeof programs} ProgramName */

/** @type {Machine} */
export const thisMachine = {
  platform: process.platform,
  env: process.env,
  isProgram(path) {
    try {
      accessSync(path, constants.X_OK);
      return statSync(path).isFile();
    } catch {
      return false;
    }
  },
};

/**
 * @param {ProgramName} name
 * @returns {Program}
 */
export const programNamed = (name) => programs[name];

/**
 * The programs that the tests need on a system.
 *
 * @param {NodeJS.Platform} platform
 */
export function programsFor(platform) {
  const names = /** @type {ProgramName[]} */ (Object.keys(programs));
  return names.filter((name) => programNamed(name).only?.includes(platform) ?? true);
}

/**
 * The path of a program.
 *
 * @param {ProgramName} name
 * @param {Machine} [machine] this one by default
 * @returns {string | null} null when the machine does not have it
 * @throws {Error} when its variable is set to what is not a program
 */
export function findProgram(name, machine = thisMachine) {
  const { variable } = programNamed(name);
  const { env, isProgram } = machine;
  const told = variable && env[variable];
  if (told) {
    if (!isProgram(told)) throw new Error(`${variable} does not name a program: ${told}`);
    return told;
  }
  return candidates(name, machine).find(isProgram) ?? null;
}

/**
 * Where a program may be, the best place first.
 *
 * @param {ProgramName} name
 * @param {Machine} machine
 */
function candidates(name, { platform, env }) {
  const { names, onMac = [], onWindows = [] } = programNamed(name);
  if (platform === 'win32') {
    const inPath = (env.PATH ?? '').split(win32.delimiter).filter((folder) => folder !== '');
    const apps = onWindows.flatMap(([variable, path]) => {
      const folder = env[variable];
      return folder ? [win32.join(folder, path)] : [];
    });
    return [...names.flatMap((file) => inPath.map((folder) => win32.join(folder, `${file}.exe`))), ...apps];
  }
  const inPath = (env.PATH ?? '').split(posix.delimiter).filter((folder) => folder !== '');
  const files = names.flatMap((file) =>
    [...inPath, ...otherFolders].map((folder) => posix.join(folder, file)),
  );
  const apps = platform === 'darwin' ? onMac : [];
  return [...files, ...apps].map((path) => path.replace(/^~(?=\/)/, env.HOME ?? '~'));
}

/**
 * The path of a program that a test cannot do without.
 *
 * @param {ProgramName} name
 * @param {Machine} [machine] this one by default
 * @throws {Error} with a sentence about what to do when the machine does not have it
 */
export function requireProgram(name, machine = thisMachine) {
  const found = findProgram(name, machine);
  if (found !== null) return found;
  const { title, variable } = programNamed(name);
  const other = variable ? `, and ${variable} names one that is elsewhere` : '';
  throw new Error(`${title} was not found: \`npm run verify\` installs it or says how${other}.`);
}
