/** The flags of `chipzen-agent doctor`. */
import { type CommandHost, helpGroups, integer } from './arguments.js';
import type { DoctorFlags } from './doctor-command.js';
import { addIdentityFlags } from './platform-flags.js';

const exampleHelp = `
Examples:
  chipzen-agent doctor                     with the settings that run would have here
  chipzen-agent doctor --connect           log in to the lobby as well
  chipzen-agent doctor --json | jq .sections
  chipzen-agent doctor --explain 4001      what a close code or an HTTP status means

Exit codes: 0 when a session can be played; otherwise that with which run would end.
The report has no token and no password in it: it can be shown to others.`;

export function addDoctor({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('doctor')
    .helpGroup(helpGroups.platform)
    .summary('find out why a bot does not play')
    .description('find out why a bot does not play: settings, files, network, platform');
  addIdentityFlags(command)
    .option('--nats <url>', 'also look at the NATS server that leads to workers')
    .option('--connect', 'log in to the lobby: this evicts a session of the same bot that runs now')
    .option('--json', 'the report as JSON on standard output')
    .option(
      '--explain [code]',
      'only say what a close code or HTTP status means (default: all)',
      integer(100, 4_999),
    )
    .addHelpText('after', exampleHelp)
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import('./doctor-command.js');
      end(await doctor(flags, terminal));
    });
}
