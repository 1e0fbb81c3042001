/** The flags of `chipzen-agent charts`. */
import { Argument, Option } from 'commander';
import { type CommandHost, helpGroups } from './arguments.js';
import type { ChartName, ChartsFlags } from './charts-command.js';

const chartNames = ['lobby', 'match', 'season', 'queue', 'handover'] as const satisfies ChartName[];

const formats = ['ts', 'json', 'mermaid'] as const satisfies ChartsFlags['format'][];

const examples = `
Examples:
  chipzen-agent charts match > match.ts
                      then "Import" in Stately Studio (https://stately.ai), and this file
  chipzen-agent charts lobby --format mermaid
                      for Markdown pages and https://mermaid.live
  chipzen-agent charts --format json
                      all of them, for programs: {"lobby": {...}, "match": {...}, ...}`;

export function addCharts({ program, terminal, end }: CommandHost): void {
  program
    .command('charts')
    .helpGroup(helpGroups.tools)
    .description('print the statecharts that drive the agent')
    .addArgument(new Argument('[chart]', 'one of them (default: all)').choices(chartNames))
    .addOption(
      new Option(
        '--format <name>',
        'a createMachine call, which Stately Studio imports; its configuration as JSON; or a Mermaid diagram',
      )
        .choices(formats)
        .default('ts'),
    )
    .option('--json', 'the same as --format json')
    .addHelpText('after', examples)
    .action(async (name: ChartName | undefined, flags: ChartsFlags) => {
      const { charts } = await import('./charts-command.js');
      end(charts(name, flags, terminal));
    });
}
