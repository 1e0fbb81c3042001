/** `chipzen-agent service`: what keeps a bot playing day and night, as text. */
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { makeFolder } from '../../files/make-folder.js';
import { findOwnFile } from '../../files/own-files.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { composeFile, dockerfile, dockerignore } from '../../service/container-files.js';
import { launchdPlist } from '../../service/launchd-plist.js';
import {
  assertPrintableWords,
  assertServiceName,
  assertUserName,
  assertWindowsWords,
  commandOf,
  type ServicePlan,
  serviceDefaults,
} from '../../service/service-plan.js';
import { systemdUnit } from '../../service/systemd-unit.js';
import { windowsTask } from '../../service/windows-task.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { addRun } from './run-flags.js';
import type { RunFlags } from './run-options.js';
import type { ServiceKind } from './service-kinds.js';

const defaults = {
  maxLineLength: 1_000,
  main: 'dist/cli/main.js',
  /** Folders in which an update of Node leaves nothing at the old path. */
  managed:
    /[\\/](?:\.?nvm|\.?fnm|fnm_multishells|\.?volta|\.?asdf|mise|\.?nodenv|\.?nodebrew|n|Cellar)[\\/]/i,
  /** Of a container: in the folder that stays. */
  containerFlags: ['--status', 'data/status.json', '--record', 'data/matches'],
} as const;

export interface ServiceFlags {
  name?: string;
  folder?: string;
  as?: string;
  userUnit?: boolean;
  instances?: boolean;
  plain?: boolean;
  write?: boolean;
}

export interface ServiceArguments {
  kind: ServiceKind;
  file: string | undefined;
  /** Flags of `run`. */
  runFlags: readonly string[];
}

/**
 * @returns the exit code.
 * @throws {OptionError} for flags that `run` does not have, or that do not go together.
 */
export function service(
  { kind, file, runFlags }: ServiceArguments,
  flags: ServiceFlags,
  io: Terminal,
): number {
  const warn = (line: string): void =>
    printLine(io.stderr, printable(`warning: ${line}`, defaults.maxLineLength, io.redact));
  refuseOthers(kind, flags);
  const given = readRunFlags(runFlags, io);
  if (file === undefined && given.nats === undefined)
    throw new OptionError('bot file', 'Name the bot file, or workers: -- --nats URL.');
  if (given.handover === true && kind !== 'systemd')
    throw new OptionError(
      'handover',
      'A handover needs two services side by side: see service systemd --instances.',
    );
  if (given.handover === true && flags.instances !== true) {
    throw new OptionError(
      'handover',
      'In one unit both sessions would share a control group, and systemctl restart kills the older one: give --instances.',
    );
  }
  const name = flags.name ?? (file === undefined ? 'chipzen-agent' : basename(file, extname(file)));
  assertServiceName(name);
  const folder = resolve(flags.folder ?? '.');
  const drainSeconds = given.drainGrace ?? serviceDefaults.drainSeconds;
  const args = [
    'run',
    ...(file === undefined ? [] : [file]),
    ...(kind === 'docker' ? defaults.containerFlags.filter((_flag, at, all) => isFree(all, at, given)) : []),
    ...(flags.instances === true && given.handover !== true ? ['--handover'] : []),
    ...(given.drainGrace === undefined ? ['--drain-grace', String(drainSeconds)] : []),
    ...runFlags,
  ];
  assertPrintableWords([folder, ...args]);
  const hereFolder = flags.instances === true ? join(folder, 'a') : folder;
  if (file !== undefined && !existsSync(resolve(hereFolder, file)))
    warn(`There is no ${file} in ${hereFolder}: paths are taken from there.`);
  if (kind === 'docker') {
    if (!existsSync(join(folder, 'package-lock.json')))
      warn('There is no package-lock.json: "npm install" makes it, and the image is built from it.');
    return docker({ name, args, drainSeconds }, folder, flags.write === true, io);
  }
  const plan: ServicePlan = { name, folder, ...programs(folder, warn), args, drainSeconds };
  assertPrintableWords([plan.node, plan.main]);
  io.stdout.write(textOf(kind, plan, flags, warn));
  return exitCodes.done;
}

function textOf(
  kind: Exclude<ServiceKind, 'docker'>,
  plan: ServicePlan,
  { as, userUnit = false, instances = false, plain = false }: ServiceFlags,
  warn: (line: string) => void,
): string {
  if (kind === 'launchd') return launchdPlist(plan);
  if (kind === 'windows') {
    assertWindowsWords(commandOf(plan));
    return windowsTask(plan);
  }
  const user = userUnit ? null : (as ?? userInfo().username);
  if (user !== null) assertUserName(user);
  if (user === 'root') warn('It would run as root: give --as USER, one that can read chipzen.toml.');
  return systemdUnit(plan, { user, isTemplate: instances, notifies: !plain });
}

function refuseOthers(kind: ServiceKind, flags: ServiceFlags): void {
  const only: Partial<Record<keyof ServiceFlags, ServiceKind>> = {
    as: 'systemd',
    userUnit: 'systemd',
    instances: 'systemd',
    plain: 'systemd',
    write: 'docker',
  };
  for (const [flag, owner] of Object.entries(only)) {
    if (flags[flag as keyof ServiceFlags] !== undefined && owner !== kind)
      throw new OptionError(flag, `That flag is for service ${owner}.`);
  }
  if (flags.as !== undefined && flags.userUnit === true)
    throw new OptionError('as', "A unit of the user's own manager runs as that user: leave --as out.");
}

/** Flags as `run` reads them. @throws {OptionError} for what it would refuse, and for the token. */
function readRunFlags(words: readonly string[], terminal: Terminal): Partial<RunFlags> {
  const program = new Command();
  addRun({ program, terminal, end: () => undefined });
  const [run = program] = program.commands;
  let said = '';
  run.exitOverride().configureOutput({ writeErr: (text) => void (said += text) });
  let rest: readonly string[];
  try {
    const { operands, unknown } = run.parseOptions([...words]);
    rest = [...operands, ...unknown];
  } catch {
    throw new OptionError('run flags', printable(said.trim(), defaults.maxLineLength, terminal.redact));
  }
  if (rest.length > 0) {
    const [first = ''] = rest;
    throw new OptionError(
      'run flags',
      `run has no ${printable(first, defaults.maxLineLength, terminal.redact)}: see chipzen-agent run --help.`,
    );
  }
  const { token, drainGrace, ...flags } = run.opts<RunFlags>();
  if (token !== undefined) {
    throw new OptionError(
      'token',
      'Everybody can read the file of a service, and the list of processes: leave --token to chipzen.toml.',
    );
  }
  return { ...flags, ...(run.getOptionValueSource('drainGrace') === 'cli' && { drainGrace }) };
}

/** Whether a flag of a container, or the value behind it, is not among those that were given. */
function isFree(all: readonly string[], at: number, given: Partial<RunFlags>): boolean {
  const flag = all[at - (at % 2)];
  return flag === '--status' ? given.status === undefined : given.record === undefined;
}

/** Paths that stay when things are updated, as far as there are such. */
function programs(folder: string, warn: (line: string) => void): Pick<ServicePlan, 'node' | 'main'> {
  const node = realpathSync(process.execPath);
  if (defaults.managed.test(node)) {
    warn(
      `${node} is of a version manager, and gone after an update of Node: print this again then, or install Node for the system.`,
    );
  }
  const main = installedMain(folder) ?? findOwnFile(defaults.main, 'service');
  if (/[\\/]_npx[\\/]/.test(main)) {
    warn(
      `${main} is in the cache of npx, which is emptied now and then: npm install chipzen-agent in ${folder}.`,
    );
  }
  return { node, main };
}

/** Not the real path: package managers put versions into that. */
function installedMain(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const main = join(at, 'node_modules', 'chipzen-agent', defaults.main);
    if (existsSync(main)) return main;
    if (at === dirname(at)) return null;
  }
}

function docker(
  plan: Parameters<typeof dockerfile>[0],
  folder: string,
  isWritten: boolean,
  io: Terminal,
): number {
  const files: [name: string, text: string][] = [
    ['Dockerfile', dockerfile(plan)],
    ['compose.yaml', composeFile(plan)],
    ['.dockerignore', dockerignore()],
  ];
  if (!isWritten) {
    for (const [name, text] of files) io.stdout.write(`# --- ${name}\n${text}\n`);
    return exitCodes.done;
  }
  const there = files.filter(([name]) => existsSync(join(folder, name))).map(([name]) => name);
  if (there.length > 0)
    throw new OptionError(
      'write',
      `${there.join(', ')}: there already, and nothing was written. Move it away first.`,
    );
  // Docker would make it, and its user would be root.
  makeFolder(join(folder, 'data'));
  for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: 'wx' });
  printLine(
    io.stdout,
    `Written: ${files.map(([name]) => name).join(', ')}. Put CHIPZEN_EXTBOT_TOKEN and CHIPZEN_BOT_ID into .env, then:`,
  );
  printLine(io.stdout, '  docker compose up --build --detach');
  return exitCodes.done;
}
