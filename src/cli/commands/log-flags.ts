/** The flags of a log, for commands that run for long. */
import { type Command, Option } from 'commander';
import { fileArgument, integer, type LogLevel, logLevels } from './arguments.js';

export interface LogFlags {
  /** Default: `info` with a file, else `silent`. */
  logLevel?: LogLevel;
  logFile?: string;
  /** MB. Default: 20. Of a file only, as `logKeep`. */
  logSize?: number;
  /** Default: 14. */
  logKeep?: number;
}

export function addLogFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--log-level <level>',
        'log as JSON, to standard error or the file (default: silent; info with --log-file)',
      ).choices(logLevels),
    )
    .option(
      '--log-file <file>',
      'write the log there; each day, and when it is large, it is put aside as FILE.DATE.NUMBER',
      fileArgument,
    )
    .option('--log-size <MB>', 'most of one log file (default: 20)', integer(1, 1_048_576))
    .option('--log-keep <n>', 'log files put aside that are kept (default: 14)', integer(1, 10_000));
}
