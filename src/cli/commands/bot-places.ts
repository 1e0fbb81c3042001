/** The threads or processes in which a command plays the bots of files, as `run` does. */
import type { BotModule } from '../../io/hosting/bot-module.js';
import { createMaskedOutput } from '../../io/hosting/masked-output.js';
import type { BotPool } from '../../io/hosting/pool/bot-pool.js';
import { followCode } from '../../io/hosting/pool/follow-code.js';
import { threadsOfModule } from '../../io/hosting/pool/module-threads.js';
import { describeCodeChange } from '../../io/reports/describe.js';
import { defaultIsolation, type Isolation, placeOf } from '../../io/settings/isolation.js';
import { printable } from '../../protocol/redact.js';
import { type CliIo, printLine, terminalOf } from '../surroundings/surroundings.js';
import { prepareThreads } from './loading.js';

/** Said of a file that was saved: commands that play the bots of files as opponents have no `--watch`. */
export const noWatchFlag = '';

const defaults = { maxLineLength: 400 } as const;

export interface BotPlaces {
  /**
   * Starts the first thread or process of this file.
   *
   * @throws {OptionError} when there is no such file.
   * @throws {BadBotError} when its bot cannot be made, or has no `decide` where it needs it.
   */
  open(bot: BotModule, rules?: { needsDecide?: boolean }): Promise<BotPool>;
  /** Says in a line that a file of this bot was saved, which changes nothing. */
  tellChanges(pool: BotPool): void;
  /** Ends all of them. */
  close(): Promise<void>;
}

export interface BotPlacesOptions {
  /** Default: as `run`. */
  isolate?: Exclude<Isolation, 'none'>;
  /** MB. */
  workerMemory?: number | undefined;
}

export function openBotPlaces(
  io: CliIo,
  { isolate = defaultIsolation, workerMemory }: BotPlacesOptions = {},
): BotPlaces {
  const { mask, redact } = terminalOf(io);
  const output = createMaskedOutput(mask, (text) => void io.stderr.write(text));
  const pools: BotPool[] = [];
  const unfollow: (() => void)[] = [];
  return {
    async open(bot, rules = {}) {
      const pool = threadsOfModule(bot, {
        place: placeOf(isolate),
        secret: '',
        env: io.env,
        memoryMb: workerMemory,
        onOutput: (text) => output.write(text),
        clock: io.clock,
        ...rules,
      });
      pools.push(pool);
      await prepareThreads(String(bot.module), pool, io);
      return pool;
    },
    tellChanges(pool) {
      const onChange = (change: Parameters<typeof describeCodeChange>[0]): void =>
        printLine(
          io.stderr,
          printable(`warning: ${describeCodeChange(change)}`, defaults.maxLineLength, redact),
        );
      unfollow.push(followCode({ pool, clock: io.clock, takesNew: false, whyNever: noWatchFlag, onChange }));
    },
    async close() {
      for (const end of unfollow) end();
      const left = await Promise.all(pools.map((pool) => pool.close()));
      for (const { message } of left.flat()) printLine(io.stderr, redact(`warning: ${message}`));
      output.end();
    },
  };
}
