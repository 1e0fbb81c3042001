/** The commands and flags of the program as plain data, for scripts that complete them. */
import type { Argument, Command, Option } from 'commander';
import { profiles } from '../../chaos/profiles.js';
import { houseBotNames } from '../../house/house-bot-names.js';

const defaults = { maxTextLength: 90 } as const;

/** What may stand in a place. All empty: anything, which nobody can complete. */
export interface Candidates {
  /** How help calls it: `bot file`. */
  name: string;
  words: readonly string[];
  files: 'none' | 'bot' | 'all' | 'folder';
}

export interface TreeFlag {
  /** `--json`; with a short one as well, the short one first. */
  names: readonly string[];
  text: string;
  /** Null: a switch. */
  value: Candidates | null;
  /** It may stand without its value. */
  isValueOptional: boolean;
  isRepeatable: boolean;
}

export interface TreeCommand {
  name: string;
  text: string;
  flags: readonly TreeFlag[];
  /** Null: the command has no argument. */
  argument: Candidates | null;
}

export interface CommandTree {
  program: string;
  flags: readonly TreeFlag[];
  commands: readonly TreeCommand[];
}

/** Endings of bot files, without the dot. */
export const botEndings = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'] as const;

/** What the flags themselves do not tell. */
const known: Readonly<Record<string, Partial<Candidates>>> = {
  '--bot': { files: 'bot' },
  '--opponent': { files: 'bot', words: houseBotNames },
  '--chaos': { files: 'all', words: profiles.map(({ name }) => name) },
};

/** The same of arguments, by command. */
const knownArguments: Readonly<Record<string, Partial<Candidates>>> = {
  arena: { words: houseBotNames },
};

export function readTree(program: Command): CommandTree {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    text: short(command.summary() || command.description()),
    flags: flagsOf(command),
    argument: argumentOf(command),
  }));
  const help = {
    name: 'help',
    text: 'show help for a command',
    flags: [],
    argument: { name: 'command', words: commands.map(({ name }) => name), files: 'none' as const },
  };
  return { program: program.name(), flags: flagsOf(program), commands: [...commands, help] };
}

function flagsOf(command: Command): TreeFlag[] {
  const shown = command.createHelp().visibleOptions(command);
  return shown.map((option) => ({
    names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
    text: short(option.description),
    value: option.required || option.optional ? valueOf(option) : null,
    isValueOptional: option.optional,
    isRepeatable: Array.isArray(option.defaultValue) || option.variadic,
  }));
}

function valueOf(option: Option): Candidates {
  const [, name = 'value'] = /[<[]([^>\]]+)[>\]]/.exec(option.flags) ?? [];
  return { ...candidatesOf(name, option.argChoices), ...known[option.long ?? ''] };
}

function argumentOf(command: Command): Candidates | null {
  const [first]: readonly Argument[] = command.registeredArguments;
  if (first === undefined) return null;
  return { ...candidatesOf(first.name(), first.argChoices), ...knownArguments[command.name()] };
}

function candidatesOf(name: string, words: readonly string[] = []): Candidates {
  const parts = name.toLowerCase().split(/[^a-z]+/);
  const files = !parts.some((part) => part === 'file' || part === 'files')
    ? parts.some((part) => part === 'folder' || part === 'directory')
      ? 'folder'
      : 'none'
    : parts.includes('bot')
      ? 'bot'
      : 'all';
  return { name, words, files };
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= defaults.maxTextLength
    ? line
    : `${line.slice(0, defaults.maxTextLength - 1).trimEnd()}…`;
}
