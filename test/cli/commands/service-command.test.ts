import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireProgram } from '../../../scripts/verify/programs.mjs';
import { runCli } from '../../../src/cli/program.js';
import { makeFolder } from '../../kit/folder.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function service(...args: string[]) {
  const io = fakeIo({});
  const code = await runCli(['service', ...args], io);
  return { code, text: io.out().join('\n'), err: io.err() };
}

/** A project with a bot, and the package in it. */
function makeProject(...way: string[]): string {
  const folder = join(makeFolder(), ...way);
  mkdirSync(join(folder, 'node_modules/chipzen-agent/dist/cli'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/chipzen-agent/dist/cli/main.js'), '');
  writeFileSync(join(folder, 'bot.js'), '');
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  return folder;
}

describe('service', () => {
  it('prints a unit with the flags of run, and the program that is installed beside the bot', async () => {
    const folder = makeProject();
    const { code, text, err } = await service(
      'systemd',
      'bot.js',
      '--folder',
      folder,
      '--as',
      'me',
      '--',
      '--status',
      'status.json',
      '--drain-grace',
      '60',
    );
    expect({ code, err: err.filter((line) => !line.includes('version manager')) }).toEqual({
      code: 0,
      err: [],
    });
    expect(text).toContain(
      `${folder}/node_modules/chipzen-agent/dist/cli/main.js run bot.js --status status.json --drain-grace 60\n`,
    );
    expect(text).toContain('TimeoutStopSec=120\n');
  });

  it.each([
    [['systemd'], 'Name the bot file, or workers'],
    [['systemd', 'bot.js', '--', '--statsu', 'x'], 'run has no --statsu'],
    [['systemd', 'bot.js', '--', '--max-matches', 'many'], 'Give a whole number'],
    [
      ['systemd', 'bot.js', '--', '--token', 'cz_extbot_secret_secret_secret_secret'],
      'leave --token to chipzen.toml',
    ],
    [['systemd', 'bot.js', '--', '--handover'], 'give --instances'],
    [['launchd', 'bot.js', '--', '--handover'], 'service systemd --instances'],
    [['launchd', 'bot.js', '--instances'], 'That flag is for service systemd'],
    [['systemd', 'bot.js', '--write'], 'That flag is for service docker'],
    [['systemd', 'bot.js', '--as', 'me', '--user-unit'], 'leave --as out'],
    [['systemd', 'bot.js', '--as', 'me\\'], 'Give --as the name or number of a user'],
    [['windows', 'bot.js', '--', '--label', 'a "b" & c'], 'a double quote or a %NAME%'],
    [['windows', 'bot.js', '--', '--label', '%PATH%'], 'a double quote or a %NAME%'],
    [['launchd', 'bot.js', '--', '--label', '\ufffe'], 'no service file can say that'],
    [['systemd', 'bot.js', '--name', 'a b'], 'Give a name of letters'],
    [['upstart', 'bot.js'], 'Allowed choices are systemd, launchd, windows, docker'],
  ])('refuses %j', async (args, why) => {
    const { code, text, err } = await service(...args);
    expect({ code, text }).toEqual({ code: 2, text: '' });
    expect(err.join(' ')).toContain(why);
    expect(err.join(' ')).not.toContain('cz_extbot_secret');
  });

  it('warns of a bot that is not there', async () => {
    const { code, err } = await service('systemd', 'none.js', '--folder', makeProject(), '--as', 'me');
    expect(code).toBe(0);
    expect(err.join(' ')).toContain('There is no none.js in');
  });

  it('has the instances take over from each other', async () => {
    const { text } = await service('systemd', 'bot.js', '--instances', '--folder', '/srv/bot', '--as', 'me');
    expect(text).toContain('/srv/bot/%i/node_modules/chipzen-agent/dist/cli/main.js run bot.js --handover');
  });

  it('writes the files of a container, and replaces none', async () => {
    const folder = makeProject();
    const first = await service('docker', 'bot.js', '--folder', folder, '--write');
    expect(first.code).toBe(0);
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['.dockerignore', 'Dockerfile', 'compose.yaml', 'data']),
    );
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain(
      'CMD ["run", "bot.js", "--status", "data/status.json", "--record", "data/matches", "--drain-grace", "3600"]',
    );
    writeFileSync(join(folder, 'compose.yaml'), 'mine');
    const second = await service('docker', 'bot.js', '--folder', folder, '--write');
    expect(second.code).toBe(2);
    expect(second.err.join(' ')).toContain('there already, and nothing was written');
    expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toBe('mine');
  });

  it('prints all three without --write', async () => {
    const folder = makeProject();
    const { text } = await service('docker', 'bot.js', '--folder', folder, '--', '--status', 'mine.json');
    expect(text.match(/^# --- .*$/gm)).toEqual([
      '# --- Dockerfile',
      '# --- compose.yaml',
      '# --- .dockerignore',
    ]);
    expect(text).not.toContain('"data/status.json", "--record"');
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });
});

// What systemd itself says: the program is Debian's, and needs no systemd that runs.
describe.runIf(process.platform === 'linux')('the unit, as systemd reads it', () => {
  const verify = (unit: string) =>
    spawnSync(requireProgram('systemd-analyze'), ['verify', unit], { encoding: 'utf8' });

  it.each([
    ['usual', []],
    ['plain', ['--plain']],
    ['of two', ['--instances']],
  ])('is without fault: %s', async (_name, more) => {
    const place = makeProject('a %n "q" $x');
    const { text } = await service('systemd', 'bot.js', '--folder', place, '--as', userName(), ...more);
    const unit = join(makeFolder(), more.includes('--instances') ? 'bot@.service' : 'bot.service');
    writeFileSync(unit, text);
    const { status, stdout, stderr } = verify(unit);
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
  });

  it.each(['backslash\\', 'space '])('keeps a folder whose name ends in a %s', async (name) => {
    const place = makeProject(name);
    const { text } = await service('systemd', 'bot.js', '--folder', place, '--as', userName());
    const unit = join(makeFolder(), 'bot.service');
    writeFileSync(unit, text);
    const { status, stdout, stderr } = verify(unit);
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
    expect(text).toContain(`\nWorkingDirectory=${place}/.\n`);
  });

  it('would be told of a mistake', () => {
    const unit = join(makeFolder(), 'bot.service');
    writeFileSync(unit, '[Service]\nExecStart=node\nWatchdogSec=soon\n');
    expect(verify(unit).stderr).toContain('Failed to parse sec value');
  });
});

const userName = (): string => execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
