/** Whatever a name, a folder or a flag is: each text says it as it is, or it is refused in words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OptionError } from '../../src/protocol/errors.js';
import { composeFile, dockerfile } from '../../src/service/container-files.js';
import { launchdPlist } from '../../src/service/launchd-plist.js';
import {
  assertPrintableWords,
  assertServiceName,
  assertUserName,
  assertWindowsWords,
  type ServicePlan,
} from '../../src/service/service-plan.js';
import { systemdUnit } from '../../src/service/systemd-unit.js';
import { windowsTask } from '../../src/service/windows-task.js';
import { readCommand, readUnit, withSpecifiers } from '../kit/read-unit.js';
import { readPlist, readXml, type XmlElement } from '../kit/read-xml.js';

const special = '\\%$"\'`;#=&<>|^!@:+-/. \t\n\r~*?()[]{}0aZ_'.split('');
const other = [
  'é',
  '漢',
  '\u{1f0a1}',
  '\u0000',
  '\u0085',
  '\u2028',
  '\ufffd',
  '\ufffe',
  '\ud800',
  '%i',
  '$$',
  '--',
  '%PATH%',
];
const text = fc
  .array(fc.constantFrom(...special, ...other), { maxLength: 12 })
  .map((parts) => parts.join(''));

const isRefused = (check: () => void): boolean => {
  try {
    check();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return true;
  }
};

const planOf = (given: Partial<ServicePlan>): ServicePlan => ({
  name: 'bot',
  folder: '/srv/bot',
  node: '/usr/bin/node',
  main: '/srv/bot/main.js',
  args: ['run', 'bot.ts'],
  drainSeconds: 60,
  ...given,
});
const usual = { user: null, isTemplate: false, notifies: true };

it('a user name is said by a unit, or refused', () => {
  fc.assert(
    fc.property(text, (user) => {
      if (isRefused(() => assertUserName(user))) return;
      const unit = readUnit(systemdUnit(planOf({}), { ...usual, user }));
      expect(withSpecifiers(unit['Service.User'] ?? '')).toBe(user);
      expect(Object.keys(unit)).toHaveLength(
        Object.keys(readUnit(systemdUnit(planOf({}), { ...usual, user: 'me' }))).length,
      );
    }),
    { numRuns: 500 },
  );
});

it.each([
  'me\\',
  '',
  ' me',
  'me ',
  'a:b',
  'a/b',
  '-me',
  '.',
  '..',
  'me\nExecStart=/bin/sh',
  '99999999999',
  '4294967295',
  '007',
  '\ud800',
])('%j is no user name', (user) => {
  expect(() => assertUserName(user)).toThrow('Give --as the name or number of a user');
});

it.each(['me', 'DOMAIN\\me', 'me$', 'josé', 'a.b@c', '1000', '0', '100%', 'a"b'])('%j is one', (user) => {
  expect(() => assertUserName(user)).not.toThrow();
});

describe('words', () => {
  const words = fc.record({ folder: text, args: fc.array(text, { maxLength: 4 }), node: text });
  const plans = words.map(({ folder, args, node }) =>
    planOf({
      folder: `/srv/${folder}x`,
      main: `/srv/${folder}x/main.js`,
      node: `/usr/${node}`,
      args: ['run', ...args],
    }),
  );
  const each = (check: (plan: ServicePlan) => void): void =>
    fc.assert(
      fc.property(plans, (plan) => {
        if (!isRefused(() => assertPrintableWords([plan.folder, plan.node, plan.main, ...plan.args])))
          check(plan);
      }),
      { numRuns: 500 },
    );

  it('are those of the plan in a unit, and in a template', () => {
    each((plan) => {
      const { folder, node, main, args } = plan;
      const unit = readUnit(systemdUnit(plan, usual));
      expect(readCommand(unit['Service.ExecStart'] ?? '')).toEqual([node, main, ...args]);
      expect(withSpecifiers(unit['Service.WorkingDirectory'] ?? '')).toBe(folder);
      const two = readUnit(systemdUnit(plan, { ...usual, isTemplate: true }));
      expect(readCommand(two['Service.ExecStart'] ?? '', { i: 'a' })).toEqual([
        node,
        `${folder}/a/node_modules/chipzen-agent/dist/cli/main.js`,
        ...args,
      ]);
    });
  });

  it('are those of the plan for launchd', () => {
    each((plan) => {
      const { folder, node, main, args } = plan;
      expect(readPlist(launchdPlist(plan))).toMatchObject({
        ProgramArguments: [node, main, ...args],
        WorkingDirectory: folder,
      });
    });
  });

  it('are those of the plan for a container', () => {
    each(({ args }) => {
      const [, command = ''] =
        /^CMD ([^\n]*)$/m.exec(dockerfile({ name: 'bot', args, drainSeconds: 60 })) ?? [];
      expect(JSON.parse(command)).toEqual(args);
    });
  });

  it('are those of the plan for Windows, or refused', () => {
    const find = (element: XmlElement, name: string): string =>
      element.name === name ? element.text : element.children.map((child) => find(child, name)).join('');
    each((plan) => {
      const { node, main, args } = plan;
      if (isRefused(() => assertWindowsWords([node, main, ...args]))) return;
      const task = readXml(windowsTask(plan));
      expect(find(task, 'WorkingDirectory')).toBe(plan.folder);
      const [, line = ''] =
        /^\/d \/s \/c "set CHIPZEN_FINAL_EXIT=zero&& (.*)"$/s.exec(find(task, 'Arguments')) ?? [];
      expect(readForWindows(line)).toEqual([node, main, ...args]);
    });
  });
});

/** As `cmd` and then the C runtime of Windows take a line apart. @throws for what `cmd` does not pass on. */
function readForWindows(line: string): string[] {
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /[&|<>^()!;]/.test(letter)) throw new Error(`read by cmd: ${letter}`);
  }
  // Every word with a percent sign is in quotes, and no variable has those in its name.
  if (/%[^%"]+%/.test(line)) throw new Error('a variable');
  const words = [
    ...line.matchAll(/(?:^| )("(?:[^"\\]|\\+(?!["\\])|(?:\\\\)*\\"|(?:\\\\)+(?="))*"|[^" ]+)(?= |$)/g),
  ];
  if (words.map(([whole]) => whole).join('') !== line) throw new Error(`not taken apart: ${line}`);
  return words.map(([, word = '']) =>
    word.startsWith('"')
      ? word
          .slice(1, -1)
          .replaceAll(
            /(\\+)("|$)/g,
            (_all, slashes: string, end: string) => slashes.slice(0, slashes.length / 2) + end,
          )
      : word,
  );
}

describe('the name of a service', () => {
  const names = fc
    .array(fc.constantFrom('a', 'Z', '0', '-', '_', '.'), { maxLength: 12 })
    .map((letters) => letters.join(''));

  it('makes files that are well-formed, and an image that has a name', () => {
    fc.assert(
      fc.property(names, (name) => {
        if (isRefused(() => assertServiceName(name))) return;
        const plan = planOf({ name });
        readUnit(systemdUnit(plan, usual));
        expect(readPlist(launchdPlist(plan))).toMatchObject({ Label: `chipzen-agent.${name}` });
        readXml(windowsTask(plan));
        const { image } = parse(composeFile({ name, args: [], drainSeconds: 60 })).services.bot;
        expect(image).toMatch(/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/);
      }),
      { numRuns: 500 },
    );
  });

  it('is the image as it is where it can be', () => {
    const imageOf = (name: string) =>
      parse(composeFile({ name, args: [], drainSeconds: 60 })).services.bot.image;
    expect(['my-bot', 'my_bot.v2', 'My_Bot', '1.0', 'true', 'a..b_'].map(imageOf)).toEqual([
      'my-bot',
      'my_bot.v2',
      'my_bot',
      '1.0',
      'true',
      'a-b',
    ]);
  });
});
