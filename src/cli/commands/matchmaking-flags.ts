/** The flags of `chipzen-agent challenge`, `challenges`, `accept`, `opponents` and `queue`. */
import type { Command } from 'commander';
import { type CommandHost, helpGroups, integer, maxSeconds, positiveSecondsUpTo } from './arguments.js';
import type { ChallengeFlags } from './challenge-command.js';
import { orNone } from './day-flags.js';
import type { AcceptFlags } from './matchmaking-command.js';
import { addPlatformFlags, dayBookOption, type PlatformFlags } from './platform-flags.js';

const codes = `1 the platform refuses or its answer
cannot be read, 2 usage, 3 it does not take the token, 4 it cannot be reached.`;

const challengeHelp = `
The bot has to be in its lobby: the match comes there (chipzen-agent run). A session that
waits in the queue leaves it first. One match is asked for at a time, none from 15 minutes
before a fixture on, and none of a bot that declined within a day: --anyway asks all the same.

Exit codes: 0 asked, and with --wait taken; 1 declined, expired or not asked for; also
${codes}

Examples:
  chipzen-agent challenge birch --wait
  chipzen-agent challenge house          an unrated match against a house bot
  chipzen-agent challenge house:NAME     against this one`;

const challengesHelp = `
Exit codes: 0 done, ${codes}

Examples:
  chipzen-agent challenges
  chipzen-agent challenges --json | jq -r '.inbound[].opponentName'`;

const acceptHelp = `
It takes one: two at once would be two matches at once. A session takes them all, one after the
other, with run --accept.

Exit codes: 0 one was taken, 1 there was none; also ${codes}

Examples:
  chipzen-agent accept all
  chipzen-agent accept birch cedar --wait 300`;

const opponentsHelp = `
Exit codes: 0 done, ${codes}

Examples:
  chipzen-agent opponents
  chipzen-agent opponents --json | jq -r '.opponents[].name'`;

const queueHelp = `
A session is in the queue with run --queue, which renews the place before it dies.

Exit codes: 0 done, ${codes}

Examples:
  chipzen-agent queue status
  chipzen-agent queue leave`;

const matchesPerDay = (command: Command): Command =>
  command.option(
    '--matches-per-day <n>',
    'what the platform allows from 00:00 UTC on: a number, or none (default: 20)',
    orNone(integer(1)),
  );

export function addChallenge({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('challenge')
    .helpGroup(helpGroups.platform)
    .summary('ask another bot, or a house bot, for a match')
    .description('ask another bot for a rated match, or a house bot for an unrated one')
    .argument('<opponent>', 'a name or an id; house: a house bot, house:NAME: this one')
    .option('--wait', 'until it is taken, declined or expired, and the match has begun')
    .option('--anyway', 'near a fixture too, and a bot that declined within a day');
  dayBookOption(matchesPerDay(addPlatformFlags(command)))
    .addHelpText('after', challengeHelp)
    .action(async (opponent: string, flags: ChallengeFlags) => {
      const { challenge } = await import('./challenge-command.js');
      end(await challenge(opponent, flags, terminal));
    });
}

export function addChallenges({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('challenges')
    .helpGroup(helpGroups.platform)
    .summary('show the challenges of the bot')
    .description('show the challenges that others made to the bot, and those that it made');
  addPlatformFlags(command)
    .addHelpText('after', challengesHelp)
    .action(async (flags: PlatformFlags) => {
      const { showChallenges } = await import('./matchmaking-command.js');
      end(await showChallenges(flags, terminal));
    });
}

export function addAccept({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('accept')
    .helpGroup(helpGroups.platform)
    .summary('take a challenge')
    .description('take the challenge of one of these bots')
    .argument('<names...>', 'of bots, or all')
    .option(
      '--wait <seconds>',
      'for a challenge to come (default: not at all)',
      positiveSecondsUpTo(maxSeconds),
    );
  dayBookOption(matchesPerDay(addPlatformFlags(command)))
    .addHelpText('after', acceptHelp)
    .action(async (names: string[], flags: AcceptFlags) => {
      const { acceptChallenge } = await import('./matchmaking-command.js');
      end(await acceptChallenge(names, flags, terminal));
    });
}

export function addOpponents({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('opponents')
    .helpGroup(helpGroups.platform)
    .summary('show who can be challenged')
    .description('show the bots that can be challenged now, with their ratings');
  addPlatformFlags(command)
    .addHelpText('after', opponentsHelp)
    .action(async (flags: PlatformFlags) => {
      const { showOpponents } = await import('./matchmaking-command.js');
      end(await showOpponents(flags, terminal));
    });
}

const actions = ['status', 'leave'] as const;

export function addQueue({ program, terminal, end }: CommandHost): void {
  const command = program
    .command('queue')
    .helpGroup(helpGroups.platform)
    .summary('show whether the bot is in the queue, or leave it')
    .description('show where the bot is in the queue for rated matches, or give up its place')
    .addArgument(program.createArgument('<action>', 'what to do').choices(actions));
  dayBookOption(addPlatformFlags(command))
    .addHelpText('after', queueHelp)
    .action(async (action: (typeof actions)[number], flags: PlatformFlags) => {
      const { leaveQueue, showQueue } = await import('./matchmaking-command.js');
      end(await (action === 'leave' ? leaveQueue : showQueue)(flags, terminal));
    });
}
