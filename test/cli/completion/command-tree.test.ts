import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addArena } from '../../../src/cli/commands/arena-flags.js';
import { addWorker } from '../../../src/cli/commands/worker-flags.js';
import { readTree } from '../../../src/cli/completion/command-tree.js';
import type { Terminal } from '../../../src/cli/surroundings/surroundings.js';

it.each([
  ['<files...>', 'all'],
  ['<file>', 'all'],
  ['<bot file>', 'bot'],
  ['<folder>', 'folder'],
  ['<name>', 'none'],
])('an argument %s is completed with %s files', (argument, files) => {
  const program = new Command('chipzen-agent');
  program.command('some').argument(argument);
  expect(readTree(program).commands[0]?.argument?.files).toBe(files);
});

it('completes the bots of an arena: files and house bots', () => {
  const program = new Command('chipzen-agent');
  program.command('arena').argument('<bot files...>');
  expect(readTree(program).commands[0]?.argument).toMatchObject({
    files: 'bot',
    words: expect.arrayContaining(['equity']),
  });
});

it('completes the flags of an arena and of its workers', () => {
  const program = new Command('chipzen-agent');
  // No command is run.
  const terminal = {} as Terminal;
  for (const add of [addArena, addWorker]) add({ program, terminal, end: () => undefined });
  const flags = readTree(program).commands.flatMap((command) =>
    command.flags.map(({ names, value }) => [`${command.name} ${names.at(-1)}`, value?.files ?? 'switch']),
  );
  expect(Object.fromEntries(flags)).toMatchObject({
    'arena --details': 'switch',
    'arena --report': 'all',
    'arena --resume': 'all',
    'arena --nats': 'none',
    'arena --nats-name': 'none',
    'worker --arena': 'switch',
    'worker --nats': 'none',
  });
});
