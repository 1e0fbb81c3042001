/** The flags of commands that record matches. */
import { type Command, Option } from 'commander';
import { fileArgument } from './arguments.js';

const defaults = { folder: 'matches' } as const;

export interface RecordFlags {
  /** The folder; true: the default one. */
  record?: string | true;
  label?: string;
}

export function addRecordFlags(command: Command): Command {
  return command
    .option(
      '--record [folder]',
      'record every match there, a file each, and the results in results.jsonl (default: matches)',
      fileArgument,
    )
    .addOption(
      new Option('--label <text>', 'record, and call this version of the bot so').implies({ record: true }),
    );
}

/** The folder to record in; undefined: nothing is recorded. */
export function recordFolderOf({ record }: RecordFlags): string | undefined {
  return record === true ? defaults.folder : record;
}
