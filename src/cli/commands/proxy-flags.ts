/** The flags of `chipzen-agent proxy`. */
import { type CommandHost, port } from './arguments.js';
import type { ProxyFlags } from './proxy-command.js';

export function addProxy({ program, terminal, end }: CommandHost): void {
  program
    .command('proxy')
    .description('let things go wrong between any client and any WebSocket server')
    .argument('[target]', 'the server, like ws://127.0.0.1:8001')
    .option('--port <n>', '0 takes any free port', port, 0)
    .option('--chaos <profile|file>', 'what goes wrong', 'everything')
    .option('--seed <text>', 'draws the same faults again (default: random)')
    .option('--list', 'show the profiles')
    .action(async (target: string | undefined, flags: ProxyFlags) => {
      const { proxy } = await import('./proxy-command.js');
      end(await proxy(target, flags, terminal));
    });
}
