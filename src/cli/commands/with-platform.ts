/** What the commands share that ask the platform for something of a bot: its settings, the client, the day book, and how they end. */
import { dayPathOf } from '../../budget/day-file.js';
import { type DayKeeper, openDayKeeper } from '../../budget/day-keeper.js';
import { configPaths, loadChipzenConfig } from '../../io/settings/config.js';
import { resolveSession } from '../../io/settings/session.js';
import { platformEventWords } from '../../platform/event-words.js';
import { createPlatformClient, type PlatformClient } from '../../platform/platform-client.js';
import { PlatformRefusedError } from '../../platform/platform-error.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import type { WorldClock } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printError } from '../surroundings/print-error.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import type { PlatformFlags } from './platform-flags.js';
import { isTokenRefused } from './refused-how.js';
import { untilStopped } from './until-stopped.js';

const defaults = { maxLineLength: 1_000, maxTextLength: 300 } as const;

export interface Asking {
  readonly client: PlatformClient;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly clock: WorldClock;
  /** Epoch milliseconds of the wall clock. */
  readonly wallNow: () => number;
  /** @throws {OptionError} for a file that cannot be used. */
  readonly openDay: () => DayKeeper;
  /** A text of the platform as it may be shown. */
  readonly shown: (text: string) => string;
  /** A line on standard output; with --json on standard error. */
  readonly say: (line: string) => void;
  /** A line on standard error. */
  readonly note: (line: string) => void;
  /** With --json: the answer, on standard output. */
  readonly answer: (value: object) => void;
}

/**
 * @returns the exit code of the work; 3 when the platform does not take the token, 1 when it refuses otherwise.
 * @throws {OptionError | ConfigError | MissingTokenError | MissingUrlError} for settings that cannot be used.
 * @throws {PlatformUnreachableError | PlatformAnswerError}
 */
export async function withPlatform(
  flags: PlatformFlags,
  { io, clock }: { io: Terminal; clock: WorldClock },
  work: (asking: Asking) => Promise<number>,
): Promise<number> {
  const { config: file, env, url, botId, token, json } = flags;
  if (token !== undefined) io.hide(token);
  const note = (line: string) => printLine(io.stderr, printable(line, defaults.maxLineLength, io.redact));
  const onWarning = (message: string) => note(`warning: ${message}`);
  const config = loadChipzenConfig(file === undefined ? configPaths(io.env) : [file], {
    onWarning,
    isRequired: file !== undefined,
  });
  if (config?.token) io.hide(config.token);
  const session = resolveSession({ config, env, url, botId, token }, io.env, onWarning);
  io.hide(session.token);
  const { lobbyUrl } = session.input;
  const said = new Set<string>();
  const client = createPlatformClient({
    lobbyUrl,
    token: session.token,
    userAgent: session.userAgent,
    proxy: session.proxy,
    clock,
    onEvent(event) {
      const words = platformEventWords(event);
      if (!said.has(words)) note(`note: ${words}`);
      said.add(words);
    },
  });
  const wallNow = (): number => clock.wallNow?.() ?? clock.now();
  let day: DayKeeper | null = null;
  try {
    return await untilStopped(io, (signal) =>
      work({
        client,
        signal,
        clock,
        wallNow,
        openDay() {
          day ??= openDayKeeper({
            path: flags.dayBook ?? dayPathOf(lobbyUrl, io.env),
            isUsual: flags.dayBook === undefined,
            wallNow,
            onTrouble: onWarning,
          });
          return day;
        },
        shown: (text) => printable(text, defaults.maxTextLength, io.redact),
        note,
        say: (line) =>
          printLine(
            json === true ? io.stderr : io.stdout,
            printable(line, defaults.maxLineLength, io.redact),
          ),
        answer(value) {
          if (json === true) printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(value))));
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof PlatformRefusedError)) throw error;
    printError(error, false, io);
    return isTokenRefused(error) ? exitCodes.authentication : exitCodes.failed;
  } finally {
    client.close();
    await (day as DayKeeper | null)?.close();
  }
}
