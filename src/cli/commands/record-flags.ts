/** The flags of commands that record matches. */
import { type Command, Option } from 'commander';
import type { RecordOptions } from '../../io/settings/agent-options.js';
import { fileArgument, integer } from './arguments.js';

const defaults = { folder: 'matches' } as const;

export interface RecordFlags {
  /** The folder; true: the default one. */
  record?: string | true;
  label?: string;
  /** MB. */
  recordSize?: number;
  recordDays?: number;
  recordKeep?: number;
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
    )
    .option(
      '--record-size <MB>',
      'most of all recordings in the folder: the oldest are removed',
      integer(1, 1_048_576 * 16),
      4_096,
    )
    .option('--record-days <n>', 'remove recordings that are older (default: none)', integer(1, 36_500))
    .option(
      '--record-keep <n>',
      'recordings of matches that are kept, the newest (default: all)',
      integer(1),
    );
}

/** The folder to record in; undefined: nothing is recorded. */
export function recordFolderOf({ record }: RecordFlags): string | undefined {
  return record === true ? defaults.folder : record;
}

/** The option `record` of an agent; nothing where nothing is recorded. */
export function recordOptionOf(flags: RecordFlags): { record?: RecordOptions } {
  const folder = recordFolderOf(flags);
  if (folder === undefined) return {};
  const { label, recordSize, recordDays, recordKeep } = flags;
  return { record: { folder, label, sizeMb: recordSize, days: recordDays, keep: recordKeep } };
}
