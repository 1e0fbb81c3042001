/** `chipzen-agent check`: says what would cost a bot chips. */
import { checkBot } from '../../check/check-bot.js';
import type { CheckReport } from '../../check/check-report.js';
import { createMaskedOutput } from '../../io/hosting/masked-output.js';
import type { Isolation } from '../../io/settings/isolation.js';
import { visibleJson } from '../../protocol/redact.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { createBoundedOutput } from './bounded-output.js';
import { checkLines } from './check-lines.js';
import { showProgress } from './check-progress.js';
import { moduleOf } from './loading.js';

export interface CheckFlags {
  json?: boolean;
  botClass?: string;
  isolate: Isolation;
  /** MB. */
  workerMemory?: number;
  /** Seconds. */
  timeLimit: number;
  hands: number;
}

/**
 * Checks the bot and prints the report to `io`.
 *
 * @returns the exit code.
 * @throws {OptionError} when there is no such file.
 */
export async function check(file: string, flags: CheckFlags, io: Terminal): Promise<number> {
  const { json = false, botClass, isolate, workerMemory, timeLimit, hands } = flags;
  const progress = showProgress(io);
  // The bot's output goes to standard error: the other one has the report.
  const bounded = createBoundedOutput((text) => progress.beside(() => io.stderr.write(text)));
  const output = createMaskedOutput(io.mask, (text) => bounded.write(text));
  try {
    const report = await checkBot(moduleOf({ file, botClass }), {
      isolate,
      hands,
      timeLimitMs: timeLimit * 1_000,
      env: io.env,
      ...(workerMemory !== undefined && { workerMemoryMb: workerMemory }),
      onProgress: progress.show,
      onBotOutput: (text) => output.write(text),
    });
    output.end();
    progress.end();
    const leftOut = bounded.leftOut();
    if (leftOut !== null) printLine(io.stderr, leftOut);
    if (json) printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify({ bot: file, ...report }))));
    else for (const line of checkLines(file, report, io.redact)) printLine(io.stdout, line);
    return exitCodeOfReport(report);
  } finally {
    output.end();
    progress.end();
  }
}

function exitCodeOfReport({ passed, parts }: CheckReport): number {
  if (passed) return exitCodes.done;
  const isUnmade = parts.some(({ findings }) => findings.some(({ code }) => code === 'not_made'));
  return isUnmade ? exitCodes.bot : exitCodes.failed;
}
