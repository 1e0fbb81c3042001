/** The flags of `chipzen-agent fixtures`. */
import { type CommandHost, fileArgument, helpGroups } from './arguments.js';
import type { FixturesFlags } from './fixtures-command.js';
import { addIdentityFlags } from './platform-flags.js';

const help = `
The bot has to be in its lobby when a fixture starts: the platform waits 90 s for it.

The calendar of --ics may be written again and again (cron): an event keeps its id, one
that was moved or lost replaces the old one. For that FILE.state is kept beside it, and
without FILE ~/.chipzen/fixtures-ID.state.

Exit codes: 0 done, also when nothing is to come; 1 the platform refuses or its answer
cannot be read, 2 usage, 3 it does not take the token, 4 it cannot be reached.

Examples:
  chipzen-agent fixtures
  chipzen-agent fixtures --json | jq -r '.fixtures[0].utc'
  chipzen-agent fixtures --ics fixtures.ics`;

export function addFixtures({ program, terminal, end }: CommandHost): void {
  const fixtures = program
    .command('fixtures')
    .helpGroup(helpGroups.platform)
    .summary('show the matches of a season that are to come')
    .description('show the fixtures of the bot: when, against whom, at which clock, and how long until then');
  addIdentityFlags(fixtures)
    .option('--json', 'the list as one line of JSON on standard output')
    .option('--ics [file]', 'a calendar, in this file or on standard output', fileArgument)
    .addHelpText('after', help)
    .action(async (flags: FixturesFlags) => {
      const { showFixtures } = await import('./fixtures-command.js');
      end(await showFixtures(flags, terminal));
    });
}
