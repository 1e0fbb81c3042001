/** The flags that say which bot it is, and those of commands that ask the platform for something of it. */
import { type Command, Option } from 'commander';
import type { Environment } from '../../io/settings/agent-options.js';
import { environments } from '../../io/settings/endpoints.js';
import { configFile, fileArgument } from './arguments.js';

/** Which bot it is, and as whom. */
export interface IdentityFlags {
  /** A configuration file in place of the ones that are looked for. */
  config?: string;
  env?: Environment;
  url?: string;
  botId?: string;
  token?: string;
}

export interface PlatformFlags extends IdentityFlags {
  json?: boolean;
  /** The file that counts the day. */
  dayBook?: string;
}

export function addIdentityFlags(command: Command): Command {
  return command
    .addOption(configFile())
    .addOption(
      new Option('--env <name>', 'deployment (default: CHIPZEN_ENV, then prod)').choices(
        Object.keys(environments),
      ),
    )
    .option('--url <url>', 'whole lobby URL, instead of --bot-id and --env')
    .option('--bot-id <id>', 'default: CHIPZEN_BOT_ID, then chipzen.toml')
    .option('--token <token>', 'better left to CHIPZEN_EXTBOT_TOKEN or chipzen.toml: others can see it here');
}

export const addPlatformFlags = (command: Command): Command =>
  addIdentityFlags(command).option('--json', 'the answer as one line of JSON on standard output');

export const dayBookOption = (command: Command): Command =>
  command.option(
    '--day-book <file>',
    'that of run --day-book (default: one for each bot in ~/.chipzen)',
    fileArgument,
  );
