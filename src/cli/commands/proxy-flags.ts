/** The flags of `chipzen-agent proxy`. */
import { type CommandHost, helpGroups, port } from './arguments.js';
import { jsonFlag } from './command-output.js';
import type { ProxyFlags } from './proxy-command.js';

const examples = `
Examples:
  chipzen-agent proxy --list
  chipzen-agent proxy ws://127.0.0.1:8001 --chaos everything --port 9001`;

export function addProxy({ program, terminal, end }: CommandHost): void {
  program
    .command('proxy')
    .helpGroup(helpGroups.tools)
    .summary('break connections on purpose, to try a client')
    .description('let things go wrong between any client and any WebSocket server')
    .argument('[target]', 'the server, like ws://127.0.0.1:8001')
    .option('--port <n>', '0 takes any free port', port, 0)
    .option('--chaos <profile|file>', 'what goes wrong', 'everything')
    .option('--seed <text>', 'draws the same faults again (default: random)')
    .option('--list', 'show the profiles')
    .addOption(jsonFlag())
    .addHelpText('after', examples)
    .action(async (target: string | undefined, flags: ProxyFlags) => {
      const { proxy } = await import('./proxy-command.js');
      end(await proxy(target, flags, terminal));
    });
}
