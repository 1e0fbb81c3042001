/** The flags of the inspector, for commands that run a session. */
import { type Command, Option } from 'commander';
import { port } from './arguments.js';

export interface InspectFlags {
  inspect?: boolean;
  inspectPort?: number;
  inspectUrl?: string;
  inspectHideCards?: boolean;
}

export const inspectFlagsOf = ({
  inspect,
  inspectPort,
  inspectUrl,
  inspectHideCards,
}: InspectFlags): InspectFlags => ({
  ...(inspect !== undefined && { inspect }),
  ...(inspectPort !== undefined && { inspectPort }),
  ...(inspectUrl !== undefined && { inspectUrl }),
  ...(inspectHideCards !== undefined && { inspectHideCards }),
});

export function addInspectFlags(command: Command): Command {
  return command
    .option(
      '--inspect',
      'serve a page that shows the statecharts of the session at work, and opens the Stately inspector on them',
    )
    .addOption(
      new Option('--inspect-port <n>', 'of that page (default: any free port)')
        .argParser(port)
        .implies({ inspect: true }),
    )
    .addOption(
      new Option('--inspect-url <url>', 'another inspector (default: https://stately.ai/inspect)').implies({
        inspect: true,
      }),
    )
    .addOption(
      new Option('--inspect-hide-cards', 'do not show hole cards to the inspector').implies({
        inspect: true,
      }),
    );
}
