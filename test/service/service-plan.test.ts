import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { composeFile, dockerfile, dockerignore } from '../../src/service/container-files.js';
import { finalExitOf, isFinalExit } from '../../src/service/final-exit.js';
import { launchdPlist } from '../../src/service/launchd-plist.js';
import { assertPrintableWords, assertServiceName, type ServicePlan } from '../../src/service/service-plan.js';
import { systemdUnit, type UnitOptions } from '../../src/service/systemd-unit.js';
import { windowsTask } from '../../src/service/windows-task.js';
import { readPlist, readXml, type XmlElement } from '../kit/read-xml.js';

const odd = `a "b" $HOME %h \\ <&> --x'`;
const plan: ServicePlan = {
  name: 'my-bot',
  folder: '/srv/my bot 100%',
  node: '/usr/bin/node',
  main: '/srv/my bot 100%/node_modules/chipzen-agent/dist/cli/main.js',
  args: ['run', 'bot.ts', '--drain-grace', '3600', '--status', odd],
  drainSeconds: 3_600,
};
const usual: UnitOptions = { user: 'bot', isTemplate: false, notifies: true };

/** The settings of a unit: `Section.Key`. */
function settingsOf(text: string): Record<string, string> {
  let section = '';
  const settings: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) section = line.slice(1, -1);
    const at = line.indexOf('=');
    if (!line.startsWith('#') && at > 0) settings[`${section}.${line.slice(0, at)}`] = line.slice(at + 1);
  }
  return settings;
}

describe('a systemd unit', () => {
  it('is started again for ever after a failure, and never after an end that this does not mend', () => {
    const unit = settingsOf(systemdUnit(plan, usual));
    expect(unit).toMatchObject({
      'Unit.StartLimitIntervalSec': '0',
      'Service.Restart': 'on-failure',
      'Service.RestartPreventExitStatus': '2 3 5 6',
      'Install.WantedBy': 'multi-user.target',
      'Service.User': 'bot',
    });
    expect(Number(unit['Service.RestartSec'])).toBeGreaterThanOrEqual(10);
  });

  it('lets its matches finish: signals go to the session alone, and the time is longer than the drain', () => {
    const unit = settingsOf(systemdUnit(plan, usual));
    expect(unit['Service.KillMode']).toBe('mixed');
    expect(Number(unit['Service.TimeoutStopSec'])).toBeGreaterThan(plan.drainSeconds);
  });

  it('takes what a child says, waits for the bot, and has a watchdog longer than a decision', () => {
    const unit = settingsOf(systemdUnit(plan, usual));
    expect(unit).toMatchObject({ 'Service.Type': 'notify', 'Service.NotifyAccess': 'all' });
    expect(Number(unit['Service.TimeoutStartSec'])).toBeGreaterThan(120);
    expect(Number(unit['Service.WatchdogSec'])).toBeGreaterThanOrEqual(60 + 3 * 30);
  });

  it('is a plain one where nothing can be said', () => {
    const unit = settingsOf(systemdUnit(plan, { ...usual, notifies: false }));
    expect(unit['Service.Type']).toBe('exec');
    expect(Object.keys(unit).filter((key) => /Notify|Watchdog|TimeoutStart/.test(key))).toEqual([]);
  });

  it('has words that systemd reads as they were meant', () => {
    const unit = settingsOf(systemdUnit(plan, usual));
    expect(unit['Service.WorkingDirectory']).toBe('/srv/my bot 100%%');
    expect(unit['Service.ExecStart']).toBe(
      `/usr/bin/node "/srv/my bot 100%%/node_modules/chipzen-agent/dist/cli/main.js" run bot.ts --drain-grace 3600 --status "a \\"b\\" $$HOME %%h \\\\ <&> --x'"`,
    );
  });

  it('says that a handover inside of one unit kills, and how two units do it', () => {
    expect(systemdUnit(plan, usual)).toMatch(
      /one control group.*\n# "systemctl restart" kills the older one/,
    );
    const two = systemdUnit(plan, { ...usual, isTemplate: true });
    expect(two).toContain('enable --now my-bot@b && sudo systemctl disable my-bot@a');
    expect(settingsOf(two)).toMatchObject({
      'Service.WorkingDirectory': '/srv/my bot 100%%/%i',
      'Service.ExecStart': expect.stringContaining(
        '"/srv/my bot 100%%/%i/node_modules/chipzen-agent/dist/cli/main.js"',
      ) as string,
    });
  });

  it("of a user's own manager has no user and needs no root", () => {
    const text = systemdUnit(plan, { ...usual, user: null });
    expect(settingsOf(text)).not.toHaveProperty(['Service.User']);
    expect(settingsOf(text)['Install.WantedBy']).toBe('default.target');
    expect(text).toContain('loginctl enable-linger');
    expect(text).not.toContain('sudo');
  });

  it('has a sentence for each field', () => {
    const lines = systemdUnit(plan, usual).split('\n');
    const bare = lines.filter(
      (line, at) => /^[A-Z]\w+=/.test(line) && !/^(?:#|[A-Z]\w+=)/.test(lines[at - 1] ?? ''),
    );
    expect(bare.map((line) => line.split('=')[0])).toEqual(['Description']);
  });
});

describe('an agent for launchd', () => {
  it('is well-formed, and starts again after a failure only', () => {
    expect(readPlist(launchdPlist(plan))).toMatchObject({
      Label: 'chipzen-agent.my-bot',
      ProgramArguments: [plan.node, plan.main, ...plan.args],
      WorkingDirectory: plan.folder,
      EnvironmentVariables: { CHIPZEN_FINAL_EXIT: 'zero' },
      RunAtLoad: true,
      KeepAlive: { SuccessfulExit: false },
      ThrottleInterval: 60,
      ExitTimeOut: 3_660,
    });
  });

  it('says that it was not run', () => {
    expect(launchdPlist(plan)).toContain('nobody has run it on a Mac');
  });
});

describe('a task for Windows', () => {
  const find = (element: XmlElement, name: string): string | undefined =>
    element.name === name
      ? element.text
      : element.children.map((child) => find(child, name)).find((text) => text !== undefined);

  it('is well-formed, has no limit of time, and starts again after a failure', () => {
    const task = readXml(
      windowsTask({ ...plan, folder: 'C:\\bots & co', node: 'C:\\Program Files\\node.exe' }),
    );
    expect(task.attributes.version).toBe('1.4');
    expect(find(task, 'WorkingDirectory')).toBe('C:\\bots & co');
    expect(find(task, 'ExecutionTimeLimit')).toBe('PT0S');
    expect(Number(find(task, 'Count'))).toBeLessThanOrEqual(255);
    expect(find(task, 'MultipleInstancesPolicy')).toBe('IgnoreNew');
    expect(find(task, 'Arguments')).toContain('CHIPZEN_FINAL_EXIT=zero&& "C:\\Program Files\\node.exe" ');
    expect(find(task, 'Arguments')).toContain(`"a \\"b\\" $HOME %h \\ <&> --x'"`);
  });

  it('says that it was not run', () => {
    expect(windowsTask(plan)).toContain('nobody has run it on Windows');
  });
});

describe('a container', () => {
  const container = { name: 'my-bot', args: ['run', 'bot.ts', '--status', odd], drainSeconds: 3_600 };
  const instructions = dockerfile(container)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): [string, string] => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)]);
  const all = (name: string) => instructions.filter(([word]) => word === name).map(([, rest]) => rest);

  it('is started without a shell in front, with node as its program', () => {
    expect(JSON.parse(all('ENTRYPOINT')[0] ?? '')).toEqual([
      'node',
      'node_modules/chipzen-agent/dist/cli/main.js',
    ]);
    expect(JSON.parse(all('CMD')[0] ?? '')).toEqual(container.args);
    expect(all('ENTRYPOINT')).toHaveLength(1);
    expect(all('CMD')).toHaveLength(1);
  });

  it('is built from one pinned line of Node for glibc', () => {
    expect(all('FROM')).toEqual([expect.stringMatching(/^node:\d+-(?!alpine)[a-z]+-slim$/) as string]);
    expect(instructions[0]?.[0]).toBe('FROM');
  });

  it('runs as no root, and installs before the code of the bot is there', () => {
    expect(all('USER')).toEqual(['node']);
    const at = (text: string) => instructions.findIndex(([, rest]) => rest.includes(text));
    expect(at('package-lock.json')).toBeLessThan(at('npm ci'));
    expect(at('npm ci')).toBeLessThan(at('--chown=node:node'));
    // With the variable set, npm would leave out the development dependencies.
    expect(at('npm ci')).toBeLessThan(at('NODE_ENV'));
    expect(all('ADD')).toEqual([]);
    expect(new Set(instructions.map(([word]) => word))).toEqual(
      new Set(['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'STOPSIGNAL', 'ENTRYPOINT', 'CMD']),
    );
  });

  it('has no token in its image', () => {
    expect(dockerignore().split('\n')).toEqual(
      expect.arrayContaining(['chipzen.toml', '.env', '.git', 'node_modules']),
    );
    expect(dockerfile(container)).not.toMatch(/TOKEN/);
  });

  it('has a first process, more time to stop than its matches, and comes back after a reboot', () => {
    const { services, volumes } = parse(composeFile(container)) as {
      services: { bot: Record<string, unknown> };
      volumes: object;
    };
    expect(services.bot).toMatchObject({
      init: true,
      restart: 'unless-stopped',
      stop_grace_period: '3660s',
      environment: { CHIPZEN_FINAL_EXIT: 'wait' },
    });
    expect(Object.keys(volumes)).toEqual(['state']);
    expect(services.bot.healthcheck).toMatchObject({
      test: ['CMD', 'node', 'node_modules/chipzen-agent/dist/cli/main.js', 'status', 'data/status.json'],
    });
  });
});

describe('what goes into these files', () => {
  it('is refused when no line of them can have it', () => {
    expect(() => assertPrintableWords(['a\nExecStart=/bin/evil'])).toThrow('control character');
    expect(() => assertPrintableWords([odd])).not.toThrow();
    for (const name of ['', 'a b', '../x', '-x', 'a/b', 'x'.repeat(101)])
      expect(() => assertServiceName(name)).toThrow('Give a name of letters');
    expect(() => assertServiceName('bot_2.x-y')).not.toThrow();
  });
});

describe('CHIPZEN_FINAL_EXIT', () => {
  it.each([
    ['zero', [2, 3, 5, 6]],
    ['wait', [0, 2, 3, 5, 6]],
    ['never', []],
    [undefined, []],
  ] as const)('%s is about the codes %j', (value, codes) => {
    const how = finalExitOf({ CHIPZEN_FINAL_EXIT: value });
    const all = [0, 1, 2, 3, 4, 5, 6, 130, 143];
    expect(how === null ? [] : all.filter((code) => isFinalExit(code, how))).toEqual(codes);
  });
});
