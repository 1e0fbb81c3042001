import { describe, expect, it } from 'vitest';
import { findProgram, requireProgram } from '../../../scripts/verify/programs.mjs';
import { setUp } from '../../../scripts/verify/set-up.mjs';

const all = [
  'chromium',
  'nats-server',
  'promtool',
  'tinyproxy',
  'openssl',
  'script',
  'systemd-analyze',
  'bash',
  'zsh',
  'fish',
].map((name) => `/usr/bin/${name}`);
const without = (...names: string[]) =>
  all.filter((path) => !names.some((name) => path.endsWith(`/${name}`)));

interface World {
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
  /** Paths of the programs that are there. */
  has: string[];
}

const machineOf = ({ platform = 'linux', env = {}, has }: World) => ({
  platform,
  env: { PATH: '/opt/bin:/usr/bin', HOME: '/home/ann', ...env },
  isProgram: (path: string) => has.includes(path),
});

interface Setting extends World {
  isRoot?: boolean;
  /** What apt-get has, and the programs that each package brings. */
  packages?: Record<string, string[]>;
  /** The command of apt-get that fails. */
  fails?: string;
  /** A program that is there and does not start. */
  dead?: string;
}

/** What set-up does and says on a machine. */
function setUpOn(setting: Setting) {
  const { isRoot = true, packages = {}, fails, dead, has } = setting;
  const ran: string[] = [];
  const said: string[] = [];
  const isReady = setUp({
    machine: machineOf(setting),
    isRoot,
    run(command, args) {
      ran.push([command, ...args].join(' '));
      if (fails !== undefined && args.includes(fails)) return 100;
      for (const name of args) has.push(...(packages[name] ?? []));
      return 0;
    },
    succeeds: (command, args) => (command === 'apt-get' ? String(args.at(-1)) in packages : command !== dead),
    say: (sentence) => said.push(sentence),
  });
  return { isReady, ran, said };
}

describe('the programs of the tests', () => {
  it.each<[string, World, string | null]>([
    ['in PATH', { has: ['/opt/bin/chromium'] }, '/opt/bin/chromium'],
    ['as Chrome', { has: ['/usr/bin/google-chrome-stable'] }, '/usr/bin/google-chrome-stable'],
    ['by its best name', { has: ['/opt/bin/google-chrome', '/usr/bin/chromium'] }, '/usr/bin/chromium'],
    ['as a snap', { has: ['/snap/bin/chromium'] }, '/snap/bin/chromium'],
    [
      'where CHROME_PATH says, whatever else there is',
      { env: { CHROME_PATH: '/my/chrome' }, has: ['/usr/bin/chromium', '/my/chrome'] },
      '/my/chrome',
    ],
    [
      'among the applications of a Mac',
      { platform: 'darwin', has: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'] },
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    [
      'among those of its user',
      { platform: 'darwin', has: ['/home/ann/Applications/Chromium.app/Contents/MacOS/Chromium'] },
      '/home/ann/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    [
      'on Windows',
      {
        platform: 'win32',
        env: { PATH: 'C:\\Windows', 'ProgramFiles(x86)': 'D:\\Apps' },
        has: ['D:\\Apps\\Google\\Chrome\\Application\\chrome.exe'],
      },
      'D:\\Apps\\Google\\Chrome\\Application\\chrome.exe',
    ],
    ['nowhere', { has: ['/Applications/Chromium.app/Contents/MacOS/Chromium'] }, null],
  ])('are found: a browser %s', (_where, world, path) => {
    expect(findProgram('chromium', machineOf(world))).toBe(path);
  });

  it.each<[string, World, string]>([
    ['beside PATH', { has: ['/usr/sbin/nats-server'] }, '/usr/sbin/nats-server'],
    [
      'of Homebrew',
      { platform: 'darwin', has: ['/opt/homebrew/bin/nats-server'] },
      '/opt/homebrew/bin/nats-server',
    ],
    ['that Go built', { has: ['/home/ann/go/bin/nats-server'] }, '/home/ann/go/bin/nats-server'],
    [
      'on Windows',
      { platform: 'win32', env: { PATH: 'C:\\Windows;C:\\nats' }, has: ['C:\\nats\\nats-server.exe'] },
      'C:\\nats\\nats-server.exe',
    ],
  ])('are found: a NATS server %s', (_where, world, path) => {
    expect(findProgram('nats-server', machineOf(world))).toBe(path);
  });

  it('are not looked for elsewhere when a variable names what is not there', () => {
    const machine = machineOf({ env: { NATS_SERVER_PATH: '/none' }, has: all });
    expect(() => findProgram('nats-server', machine)).toThrow(
      'NATS_SERVER_PATH does not name a program: /none',
    );
  });

  it('are asked for in a sentence when a test cannot do without', () => {
    expect(() => requireProgram('nats-server', machineOf({ has: [] }))).toThrow(
      'A NATS server (nats-server) was not found: `npm run verify` installs it or says how, and NATS_SERVER_PATH names one that is elsewhere.',
    );
  });
});

describe('setting a machine up', () => {
  const packages = { chromium: ['/usr/bin/chromium'], 'nats-server': ['/usr/sbin/nats-server'] };
  const apt = '/usr/bin/apt-get';

  it('does nothing where everything is there', () => {
    expect(setUpOn({ has: [...all, apt] })).toEqual({ isReady: true, ran: [], said: [] });
  });

  it('installs what is missing on Debian, as root', () => {
    const has = [...without('chromium', 'nats-server'), apt];
    expect(setUpOn({ has, packages })).toEqual({
      isReady: true,
      ran: [
        'apt-get update',
        'env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium nats-server',
      ],
      said: [],
    });
  });

  it('does so with sudo where the user is somebody else', () => {
    const has = [...without('nats-server'), apt, '/usr/bin/sudo'];
    expect(setUpOn({ has, packages, isRoot: false })).toEqual({
      isReady: true,
      ran: [
        'sudo apt-get update',
        'sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nats-server',
      ],
      said: [],
    });
  });

  it('says what root is to do where there is no sudo', () => {
    const has = [...without('chromium', 'tinyproxy'), apt];
    expect(setUpOn({ has, packages, isRoot: false })).toEqual({
      isReady: false,
      ran: [],
      said: [
        'Run this as root, since there is no sudo here: apt-get install -y --no-install-recommends chromium tinyproxy',
      ],
    });
  });

  it('says it when apt-get does not bring the program', () => {
    const has = [...without('nats-server'), apt];
    expect(setUpOn({ has }).said).toEqual([
      'A NATS server (nats-server) is missing (for the tests of workers), and apt-get did not bring it: install it, and have it in PATH or its path in NATS_SERVER_PATH.',
    ]);
  });

  it('takes the name that Ubuntu has for the browser, and says when there is only a way to a snap', () => {
    const wrapper = '/usr/bin/chromium-browser';
    const setting = { packages: { 'chromium-browser': [wrapper] }, dead: wrapper };
    const { isReady, ran, said } = setUpOn({ ...setting, has: [...without('chromium'), apt] });
    expect(ran.at(-1)).toMatch(/ chromium-browser$/);
    expect({ isReady, said }).toEqual({
      isReady: false,
      said: [`${wrapper} does not start here: install Google Chrome, and have its path in CHROME_PATH.`],
    });
  });

  it('says which command failed', () => {
    expect(setUpOn({ has: [...without('chromium'), apt], packages, fails: 'update' })).toEqual({
      isReady: false,
      ran: ['apt-get update'],
      said: ['This failed: apt-get update'],
    });
  });

  it.each<[string, World, string[]]>([
    [
      'a Mac',
      { platform: 'darwin', has: [] },
      [
        'brew install --cask google-chrome',
        'brew install nats-server',
        'brew install prometheus',
        'brew install tinyproxy',
        'brew install openssl',
        'brew install bash',
        'brew install zsh',
        'brew install fish',
      ],
    ],
    [
      'Fedora',
      { has: ['/usr/bin/dnf'] },
      [
        'sudo dnf install chromium',
        'install it (Debian has it as nats-server), and have it in PATH or its path in NATS_SERVER_PATH',
        'install it (Debian has it as prometheus), and have it in PATH',
        'sudo dnf install tinyproxy',
        'sudo dnf install openssl',
        'sudo dnf install util-linux-script',
        'sudo dnf install systemd',
        'sudo dnf install bash',
        'sudo dnf install zsh',
        'sudo dnf install fish',
      ],
    ],
    [
      'a system that it does not know',
      { has: without('tinyproxy') },
      ['install it (Debian has it as tinyproxy), and have it in PATH'],
    ],
  ])('says a sentence for each program that is missing on %s', (_system, world, sentences) => {
    const { isReady, ran, said } = setUpOn(world);
    expect({ isReady, ran }).toEqual({ isReady: false, ran: [] });
    expect(
      said.map((sentence) => sentence.replace(/^.* is missing \(for the tests of? ?.*?\): (.*)\.$/, '$1')),
    ).toEqual(sentences);
  });
});
