import { Command } from 'commander';
import { expect, it } from 'vitest';
import { readTree } from '../../../src/cli/completion/command-tree.js';

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
