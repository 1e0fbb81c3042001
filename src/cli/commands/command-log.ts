/** The log of a command, on standard error or in a file. */
import { openLogFile } from '../../io/output/log-file.js';
import { logVoice } from '../../io/output/voice.js';
import { count } from '../../io/reports/describe.js';
import type { SessionLogger } from '../../io/reports/logger.js';
import { ChipzenError, OptionError } from '../../protocol/errors.js';
import { messageOf } from '../../protocol/message-of.js';
import { printable } from '../../protocol/redact.js';
import { version } from '../../protocol/version.js';
import { systemNow } from '../../time/clock.js';
import { exitCodeOfError } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import type { LogFlags } from './log-flags.js';

const defaults = { sizeMb: 20, keep: 14, bytesPerMb: 1024 * 1024, maxMessageLength: 1_000 } as const;

interface CommandLog {
  logger: SessionLogger;
  /** Logs how the command ended, and closes the file. */
  end(outcome: { exitCode: number } | { error: unknown }): void;
}

/**
 * Null without a log. What a file holds begins and ends with a line about the command itself.
 *
 * @throws {OptionError} when the file cannot be opened.
 */
async function openCommandLog(
  command: string,
  { logLevel, logFile, logSize, logKeep }: LogFlags,
  io: Terminal,
): Promise<CommandLog | null> {
  const level = logLevel ?? (logFile === undefined ? 'silent' : 'info');
  if (logFile === undefined) {
    const flag = logKeep === undefined ? logSize && '--log-size' : '--log-keep';
    if (flag !== undefined)
      throw new OptionError('log file', `${flag} is of a log in a file: give --log-file FILE as well.`);
    if (level === 'silent') return null;
    io.speak?.('stderr', logVoice(systemNow));
    const { createLogger } = await import('../../io/reports/logger.js');
    const logger = createLogger({ level, mask: io.mask, destination: io.stderr });
    return { logger, end: () => undefined };
  }
  const tell = (message: string): void =>
    printLine(io.stderr, printable(`warning: ${message}`, defaults.maxMessageLength, io.redact));
  const file = openLogFile({
    path: logFile,
    maxBytes: (logSize ?? defaults.sizeMb) * defaults.bytesPerMb,
    keep: logKeep ?? defaults.keep,
    clock: io.clock,
    now: systemNow,
    wallNow: Date.now,
    onTrouble: tell,
  });
  const { createLogger } = await import('../../io/reports/logger.js');
  const logger = createLogger({ level, mask: io.mask, destination: file });
  logger.info(
    { event: 'command.started', command, version, node: process.version, pid: process.pid },
    'started',
  );
  return {
    logger,
    end(outcome) {
      if ('error' in outcome) logger.error(factsOf(outcome.error), 'failed');
      else logger.info({ event: 'command.ended', ...outcome }, 'ended');
      const lost = file.close();
      if (lost > 0)
        tell(`${count(lost, 'line')} of the log file ${logFile} lost: it could not be written to.`);
    },
  };
}

function factsOf(error: unknown): object {
  const code = error instanceof ChipzenError ? error.code : null;
  const message = printable(messageOf(error), defaults.maxMessageLength);
  return { event: 'command.failed', code, exitCode: exitCodeOfError(error), detail: message };
}

/** Runs the command, and has its end in the log. */
export async function withLog(
  command: string,
  flags: LogFlags,
  io: Terminal,
  run: (logger: SessionLogger | null) => Promise<number>,
): Promise<number> {
  const log = await openCommandLog(command, flags, io);
  try {
    const exitCode = await run(log?.logger ?? null);
    log?.end({ exitCode });
    return exitCode;
  } catch (error) {
    log?.end({ error });
    throw error;
  }
}
