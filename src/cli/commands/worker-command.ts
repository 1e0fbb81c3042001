/** `chipzen-agent worker`: plays the matches of agents on other machines until it is told to stop. */

import { hostname } from 'node:os';
import { createMaskedOutput } from '../../io/hosting/masked-output.js';
import { followCode } from '../../io/hosting/pool/follow-code.js';
import { threadsOfModule } from '../../io/hosting/pool/module-threads.js';
import { connectBus } from '../../io/hosting/remote/bus.js';
import { checkRemoteBot } from '../../io/hosting/remote/remote-bot.js';
import { type NatsWorker, startNatsWorker, type WorkerEvent } from '../../io/hosting/remote/worker.js';
import { describeCodeChange } from '../../io/reports/describe.js';
import type { SessionLogger } from '../../io/reports/logger.js';
import { type Isolation, placeOf } from '../../io/settings/isolation.js';
import type { BadBotError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { createStoreHub } from '../../store/store-hub.js';
import { systemNow } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { storeName } from './arguments.js';
import { withLog } from './command-log.js';
import { type OutputFlags, openCommandOutput } from './command-output.js';
import { moduleOf, prepareThreads } from './loading.js';
import type { LogFlags } from './log-flags.js';

const defaults = { maxLineLength: 400 } as const;

export interface WorkerFlags extends LogFlags, OutputFlags {
  nats: string;
  natsName?: string;
  /** Play blocks of arenas, and no matches. */
  arena?: boolean;
  /** Threads that play blocks. */
  jobs?: number;
  /** Of the bots that the file exports. */
  botClass?: string;
  /** The most matches at the same time. */
  matches: number;
  isolate: Exclude<Isolation, 'none'>;
  /** MB. */
  workerMemory?: number;
  /** Take the code anew when a file of the bot is saved. */
  watch?: boolean;
  /** True: the file of the usual name. */
  store?: string | true;
  /** Seconds. */
  drainGrace: number;
}

/**
 * Runs until a signal comes and the matches are over.
 *
 * @returns the exit code.
 * @throws {OptionError | BadBotError | NatsUnavailableError} before it takes any match.
 */
export async function worker(file: string, flags: WorkerFlags, io: Terminal): Promise<number> {
  return withLog('worker', flags, io, (logger) => work(file, flags, io, logger));
}

async function work(
  file: string,
  flags: WorkerFlags,
  io: Terminal,
  logger: SessionLogger | null,
): Promise<number> {
  const { url, name } = checkRemoteBot({
    nats: flags.nats,
    ...(flags.natsName !== undefined && { name: flags.natsName }),
  });
  const output = openCommandOutput(flags, io);
  const botOutput = createMaskedOutput(io.mask, (text) => void io.stderr.write(text));
  const store = createStoreHub({
    path: flags.store === true ? storeName : (flags.store ?? null),
    onTrouble: (message) =>
      printLine(io.stderr, printable(`warning: ${message}`, defaults.maxLineLength, io.redact)),
  });
  await store.open();
  const pool = threadsOfModule(moduleOf({ file, botClass: flags.botClass }), {
    place: placeOf(flags.isolate),
    secret: '',
    env: io.env,
    memoryMb: flags.workerMemory,
    onOutput: (text) => botOutput.write(text),
    store,
    clock: io.clock,
  });
  let unfollow: (() => void) | null = null;
  const self = `${hostname()}-${process.pid}`;
  try {
    await prepareThreads(file, pool, io);
    const bus = await connectBus(url, `chipzen-agent worker ${self}`);
    try {
      const working = startNatsWorker({
        bus,
        pool,
        name,
        worker: self,
        maxMatches: flags.matches,
        clock: io.clock,
        now: systemNow,
        onEvent(event) {
          const line = printable(describe(event), defaults.maxLineLength, io.redact);
          const { type, ...fields } = event;
          output.tell({ type: `worker.${type}`, ...fields }, line);
          logger?.[type === 'disconnected' ? 'warn' : 'info']({ event: `worker.${type}`, ...fields }, line);
        },
      });
      output.tell(
        { type: 'worker.ready', worker: self, name, server: bus.server },
        `worker ${self} takes matches of "${name}" from ${bus.server}`,
      );
      unfollow = followCode({
        pool,
        clock: io.clock,
        takesNew: flags.watch === true,
        onChange(change) {
          const line = printable(describeCodeChange(change), defaults.maxLineLength, io.redact);
          if (flags.json === true) output.tell({ type: 'code.changed', ...change });
          else printLine(io.stderr, line);
          logger?.info({ event: 'worker.code' }, line);
        },
      });
      let unmade: BadBotError | null = null;
      const unfit = new Promise<BadBotError>((resolve) => pool.onUnmade?.(resolve)).then(async (reason) => {
        unmade = reason;
        printLine(io.stderr, io.redact(`warning: ${reason.message} Taking no more matches.`));
        await working.drain();
      });
      await Promise.race([untilDrained(working, flags.drainGrace, io), unfit]);
      working.stop();
      if (unmade !== null) throw unmade;
    } finally {
      await bus.close();
    }
  } finally {
    unfollow?.();
    for (const { message } of await pool.close()) printLine(io.stderr, io.redact(`warning: ${message}`));
    botOutput.end();
    await store.close();
  }
  return exitCodes.done;
}

function describe(event: WorkerEvent): string {
  switch (event.type) {
    case 'taken':
      return `match ${event.matchId} taken; ${event.live} live`;
    case 'over':
      return `match ${event.matchId} over here; ${event.live} live`;
    case 'disconnected':
      return `the connection to the NATS server is lost, ${event.dropped} live matches are given up; trying again`;
    case 'connected':
      return 'the NATS server is back';
  }
}

/** The first signal drains, the next one gives back what is left. */
function untilDrained(working: NatsWorker, graceSeconds: number, io: Terminal): Promise<void> {
  return new Promise((resolve) => {
    let patience: unknown;
    const release = io.onSignal((signal) => {
      if (patience !== undefined) return end();
      printLine(
        io.stderr,
        `${signal}: taking no more matches; ${working.live} live ones may go on for ${graceSeconds} s. Once more gives them back now.`,
      );
      patience = io.clock.setTimeout(end, graceSeconds * 1_000);
      void working.drain().then(end);
    });
    const end = (): void => {
      io.clock.clearTimeout(patience);
      release();
      resolve();
    };
  });
}
