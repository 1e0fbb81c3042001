/** `chipzen-agent completion`: prints what makes a shell complete the program's commands and flags. */
import { Argument, type Command } from 'commander';
import { exitCodes } from '../surroundings/exit-codes.js';
import { type CommandHost, helpGroups } from './arguments.js';

const shells = ['bash', 'zsh', 'fish'] as const;

type ShellName = (typeof shells)[number];

const exampleHelp = `
Examples:
  echo 'source <(chipzen-agent completion bash)' >> ~/.bashrc
  echo 'source <(chipzen-agent completion zsh)' >> ~/.zshrc     # behind compinit
  chipzen-agent completion fish > ~/.config/fish/completions/chipzen-agent.fish`;

export function addCompletion({ program, terminal, end }: CommandHost): void {
  program
    .command('completion')
    .helpGroup(helpGroups.tools)
    .summary('print what completes commands in your shell')
    .description('print what makes a shell complete commands, flags and bot files')
    .addArgument(new Argument('<shell>', 'whose script to print').choices(shells))
    .addHelpText('after', exampleHelp)
    .action(async (shell: ShellName) => {
      terminal.stdout.write(await completionFor(shell, program));
      end(exitCodes.done);
    });
}

async function completionFor(shell: ShellName, program: Command): Promise<string> {
  const { readTree } = await import('../completion/command-tree.js');
  const tree = readTree(program);
  switch (shell) {
    case 'bash':
      return (await import('../completion/bash-completion.js')).bashCompletion(tree);
    case 'zsh':
      return (await import('../completion/zsh-completion.js')).zshCompletion(tree);
    case 'fish':
      return (await import('../completion/fish-completion.js')).fishCompletion(tree);
  }
}
