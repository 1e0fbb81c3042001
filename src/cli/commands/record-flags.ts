/** The flags of commands that record matches. */
import { type Command, Option } from 'commander';
import type { RecordOptions } from '../../io/settings/agent-options.js';
import {
  type GivenLimits,
  type RecordLimits,
  recordDefaults,
  recordLimitsOf,
} from '../../recording/folder-limits.js';
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
  return addRecordFolder(command).addOption(
    new Option('--label <text>', 'record, and call this version of the bot so').implies({ record: true }),
  );
}

/** Without what only a bot has. */
export function addRecordFolder(command: Command): Command {
  return command
    .option('--record [folder]', 'record every match there, a file each (default: matches)', fileArgument)
    .option(
      '--record-size <MB>',
      'most of all recordings in the folder: the oldest are removed',
      integer(1, 16 * 1_048_576),
      recordDefaults.sizeMb,
    )
    .option('--record-days <n>', 'remove recordings that are older (default: none)', integer(1, 36_500))
    .option(
      '--record-keep <n>',
      'recordings of matches that are kept, the newest (default: all)',
      integer(1),
    );
}

/** The folder to record in; undefined: nothing is recorded. */
export function recordFolderOf({ record }: Pick<RecordFlags, 'record'>): string | undefined {
  return record === true ? defaults.folder : record;
}

/** What the folder may hold. */
export function recordLimits(
  flags: Pick<RecordFlags, 'recordSize' | 'recordDays' | 'recordKeep'>,
): RecordLimits {
  return recordLimitsOf(givenLimits(flags));
}

/** The option `record` of an agent; nothing where nothing is recorded. */
export function recordOptionOf(flags: RecordFlags): { record?: RecordOptions } {
  const folder = recordFolderOf(flags);
  return folder === undefined ? {} : { record: { folder, label: flags.label, ...givenLimits(flags) } };
}

function givenLimits({
  recordSize: sizeMb,
  recordDays: days,
  recordKeep: keep,
}: Pick<RecordFlags, 'recordSize' | 'recordDays' | 'recordKeep'>): GivenLimits {
  return { sizeMb, days, keep };
}
