/**
 * The checks of the official SDK by their names there (docs/migrating.md): `checkBot` in the shape of their results. What a
 * check needs is loaded when one begins: bot files import the entry that these are exported from.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BotSource } from '../bot/bot.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import type { CheckPart, CheckReport } from './check-report.js';

/** The most bytes of an upload that the platform takes: 500 MB. */
export const DEFAULT_MAX_UPLOAD_BYTES = 500 * 1024 * 1024;

/** A decision that takes longer is worth a warning, in ms. */
export const DEFAULT_TIMEOUT_WARN_MS = 100;

/** A decision that takes longer costs the turn of an uploaded bot, in ms, as version 0.3.0 of the official SDK says it. */
export const PLATFORM_TIMEOUT_MS = 500;

const defaults = {
  entryPoints: ['bot.ts', 'bot.js', 'bot.mjs', 'bot.cjs', 'main.ts', 'main.js', 'main.mjs'],
  /** Not part of an upload. */
  leftOut: new Set(['node_modules', '.git']),
  /** Of self-play. */
  hands: 20,
  conformanceTimeoutMs: 10_000,
} as const;

/** How a check of `validateBot` ended. One that failed would keep the bot from being taken. */
export type Severity = 'pass' | 'warn' | 'fail';

/** One check of `validateBot`. */
export interface ValidationResult {
  severity: Severity;
  name: string;
  message: string;
}

/** One exchange of `runConformanceChecks`. */
export interface ConformanceCheck {
  severity: Severity;
  name: string;
  message: string;
}

/** Options of `validateBot`. */
export interface ValidateOptions {
  /** The bot file in the folder. Default: the first there is of `bot` and `main` with `.ts`, `.js`, `.mjs` and `.cjs`. */
  entryPoint?: string;
  /** Default: `DEFAULT_MAX_UPLOAD_BYTES`. */
  maxUploadBytes?: number;
  /** Default: `DEFAULT_TIMEOUT_WARN_MS`. */
  timeoutWarnMs?: number;
  /** Plays the exchanges of `runConformanceChecks`, too. Default: false. */
  checkConnectivity?: boolean;
  /** The most time for one of these, in ms. Default: 10,000. */
  conformanceTimeoutMs?: number;
}

/** Options of `runConformanceChecks`. */
export interface RunConformanceOptions {
  /** The most time for one exchange, in ms. Default: 10,000. */
  timeoutMs?: number;
}

const validateOptionNames: Readonly<Record<keyof ValidateOptions, true>> = {
  entryPoint: true,
  maxUploadBytes: true,
  timeoutWarnMs: true,
  checkConnectivity: true,
  conformanceTimeoutMs: true,
};

/**
 * Looks at the folder of a bot before it is uploaded: its size, its bot file, what `checkBot` finds, and its time.
 *
 * @returns every check with its severity; it never rejects because of the bot.
 * @throws {OptionError} for an unknown option, and for a limit that is no number of bytes or ms.
 */
export async function validateBot(
  folder: string,
  options: ValidateOptions = {},
): Promise<ValidationResult[]> {
  refuseUnknown(options, validateOptionNames, 'validateBot');
  const { maxUploadBytes = DEFAULT_MAX_UPLOAD_BYTES, timeoutWarnMs = DEFAULT_TIMEOUT_WARN_MS } = options;
  const { checkConnectivity = false, conformanceTimeoutMs = defaults.conformanceTimeoutMs } = options;
  for (const [name, value] of Object.entries({ maxUploadBytes, timeoutWarnMs, conformanceTimeoutMs })) {
    if (!(value >= 0)) throw new OptionError(name, `${name} must be a number from 0 on.`);
  }
  const names = await readdir(folder).catch(() => null);
  if (names === null) return [failed('file_structure', `There is no folder ${folder} that can be read.`)];
  const size = sizeCheck(await bytesOf(folder), maxUploadBytes);
  const entry = options.entryPoint ?? defaults.entryPoints.find((name) => names.includes(name));
  const isThere =
    entry !== undefined && (await stat(join(folder, entry)).catch(() => null))?.isFile() === true;
  if (!isThere) {
    const wanted = options.entryPoint ?? defaults.entryPoints.join(', ');
    return [size, failed('file_structure', `There is no bot file in ${folder}: ${wanted}.`)];
  }
  const { checkBot } = await import('./check-bot.js');
  const module: BotModule = { module: join(folder, entry) };
  const report = await checkBot(module, { hands: defaults.hands });
  return [
    size,
    passed('file_structure', `The bot file is ${entry}.`),
    ...report.parts.filter(({ group }) => group !== 'protocol').map(resultOf),
    timeCheck(report, timeoutWarnMs),
    ...(checkConnectivity ? await runConformanceChecks(module, { timeoutMs: conformanceTimeoutMs }) : []),
  ];
}

/**
 * Plays the four exchanges of the official harness with a bot.
 *
 * @param bot as for `checkBot`: an instance, a class, a factory, or its file.
 * @throws {OptionError} for an unknown option.
 * @throws {BadBotError} for something that cannot be a bot.
 */
export async function runConformanceChecks(
  bot: BotSource | BotModule,
  options: RunConformanceOptions = {},
): Promise<ConformanceCheck[]> {
  refuseUnknown(options, { timeoutMs: true }, 'runConformanceChecks');
  const { timeoutMs = defaults.conformanceTimeoutMs } = options;
  const { playOfficialScenarios } = await import('./official-scenarios.js');
  const played = await playOfficialScenarios(bot, timeoutMs);
  return played.map(({ name, findings }) =>
    findings.length === 0
      ? passed(name, 'The bot answered as the exchange asks for.')
      : failed(name, findings.map(({ message }) => message).join(' ')),
  );
}

const passed = (name: string, message: string) => ({ severity: 'pass', name, message }) as const;
const failed = (name: string, message: string) => ({ severity: 'fail', name, message }) as const;

const severities = { passed: 'pass', warned: 'warn', failed: 'fail', skipped: 'warn' } as const;

function resultOf({ id, title, status, why, findings }: CheckPart): ValidationResult {
  const found = findings.map(({ message }) => message);
  const message = [...(why === null ? [] : [why]), ...found].join(' ') || `${title}: nothing was found.`;
  return { severity: severities[status], name: id, message };
}

function sizeCheck(bytes: number, most: number): ValidationResult {
  return bytes > most
    ? failed('size', `The folder has ${megabytes(bytes)}, and an upload ${megabytes(most)} at most.`)
    : passed('size', `The folder has ${megabytes(bytes)} of ${megabytes(most)}.`);
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function timeCheck({ figures }: CheckReport, warnMs: number): ValidationResult {
  const { maxMs, decisions } = figures;
  if (maxMs === null) return { severity: 'warn', name: 'timeout', message: 'No decision was measured.' };
  const took = `The longest of ${decisions} decisions took ${maxMs.toFixed(1)} ms`;
  if (maxMs > PLATFORM_TIMEOUT_MS)
    return failed(
      'timeout',
      `${took}, and the platform waits ${PLATFORM_TIMEOUT_MS} ms for an uploaded bot.`,
    );
  const severity = maxMs > warnMs ? 'warn' : 'pass';
  return { severity, name: 'timeout', message: `${took}; ${warnMs} ms are worth a warning.` };
}

/** Of all files below, but for those that are no part of an upload. */
async function bytesOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += defaults.leftOut.has(entry.name) ? 0 : await bytesOf(path);
    else if (entry.isFile()) bytes += (await stat(path)).size;
  }
  return bytes;
}
