/** The flags of `chipzen-agent service`. */
import { Argument } from 'commander';
import { type CommandHost, fileArgument, helpGroups } from './arguments.js';
import type { ServiceFlags } from './service-command.js';
import { type ServiceKind, serviceKinds } from './service-kinds.js';

const help = `
Printed on standard output, with how to install it in its first lines. The token is in none
of them: it is read from chipzen.toml in the folder (docker: from .env).

Behind "--" stand flags of "run". Live matches get an hour when the service is stopped
(--drain-grace), and the limits of the service manager are above that.

Examples:
  chipzen-agent service systemd bot.ts > bot.service
  chipzen-agent service systemd bot.ts --instances --folder /srv/bot > bot@.service
  chipzen-agent service systemd bot.ts -- --status status.json --record
  chipzen-agent service docker bot.ts --write`;

export function addService({ program, terminal, end }: CommandHost): void {
  program
    .command('service')
    .helpGroup(helpGroups.platform)
    .summary('print what keeps a bot playing day and night')
    .description('print a unit, task or container that runs the bot, also after a reboot')
    .addArgument(
      new Argument(
        '<kind>',
        'what is to run it; docker: a Dockerfile, compose.yaml and .dockerignore',
      ).choices(serviceKinds),
    )
    .argument('[bot file]', 'as for run; none with flags that name workers (-- --nats URL)')
    .argument('[run flags...]', 'flags of run, behind "--"')
    .option('--name <name>', 'of the service (default: that of the bot file)')
    .option('--folder <folder>', 'where chipzen.toml and node_modules are (default: this one)', fileArgument)
    .option('--as <user>', 'systemd: the user that it runs as (default: you)')
    .option('--user-unit', "systemd: a unit of the user's own manager, without root")
    .option('--instances', 'systemd: two of it, that hand the lobby over to each other, from folders a and b')
    .option('--plain', 'systemd: a unit that is told nothing, where systemd-notify is missing')
    .option('--write', 'docker: write the files into the folder; none that is there is replaced')
    .addHelpText('after', help)
    .action(async (kind: ServiceKind, file: string | undefined, runFlags: string[], flags: ServiceFlags) => {
      const { service } = await import('./service-command.js');
      end(service({ kind, file, runFlags }, flags, terminal));
    });
}
