/** `chipzen-agent worker --arena`: plays the blocks of arenas on other machines until it is told to stop. */
import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import type { FleetBot } from '../../arena/fleet-bots.js';
import { type FleetEvent, type FleetWorker, startFleetWorker } from '../../arena/fleet-worker.js';
import { proveFleetBots } from '../../arena/prove-bots.js';
import { createMaskedOutput } from '../../io/hosting/masked-output.js';
import { connectBus } from '../../io/hosting/remote/bus.js';
import { checkRemoteBot } from '../../io/hosting/remote/remote-bot.js';
import { withoutSecrets } from '../../io/settings/config.js';
import { placeOf } from '../../io/settings/isolation.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { createBoundedOutput } from './bounded-output.js';
import { withLog } from './command-log.js';
import { openCommandOutput } from './command-output.js';
import { moduleOf } from './loading.js';
import type { WorkerFlags } from './worker-command.js';

const defaults = { maxLineLength: 600, name: 'arena', maxFiles: 64 } as const;

/**
 * Runs until a signal comes and its blocks are over.
 *
 * @param files bot files; house bots need none.
 * @returns the exit code.
 * @throws {OptionError | BadBotError | NatsUnavailableError} before it takes any block.
 */
export function workerOfArenas(
  files: readonly string[],
  flags: WorkerFlags,
  terminal: Terminal,
): Promise<number> {
  return withLog('worker', flags, terminal, async (logger) => {
    if (files.length > defaults.maxFiles)
      throw new OptionError('bots', `A worker takes ${defaults.maxFiles} bot files at most.`);
    if (flags.watch === true || flags.store !== undefined)
      throw new OptionError(
        'arena',
        'With --arena bots keep nothing and are not replaced: no --watch, no --store.',
      );
    const { url, name } = checkRemoteBot({ nats: flags.nats, name: flags.natsName ?? defaults.name });
    const output = openCommandOutput(flags, terminal);
    const bounded = createBoundedOutput((text) => void terminal.stderr.write(text));
    const botOutput = createMaskedOutput(terminal.mask, (text) => bounded.write(text));
    const hosting = {
      place: placeOf(flags.isolate),
      memoryMb: flags.workerMemory ?? null,
      env: withoutSecrets(terminal.env, ''),
    };
    const modules = files.map((file) => moduleOf({ file, botClass: flags.botClass }));
    const bots: FleetBot[] = await proveFleetBots(modules, hosting, (text) => botOutput.write(text));
    const bus = await connectBus(url, 'chipzen-agent worker --arena');
    const self = `${hostname()}-${process.pid}-${randomBytes(2).toString('hex')}`;
    const clean = (line: string): string => printable(line, defaults.maxLineLength, terminal.redact);
    try {
      const working = startFleetWorker({
        bus,
        name,
        worker: self,
        bots,
        hosting,
        jobs: flags.jobs ?? Math.max(1, availableParallelism() - 1),
        isJobsFixed: flags.jobs !== undefined,
        onOutput: (text) => botOutput.write(text),
        onTrouble: (bot, sentence) => bounded.write(`${clean(`warning: ${bot}: ${sentence}`)}\n`),
        onEvent(event) {
          const { type, ...fields } = event;
          const line = clean(describe(event));
          const isBad = type === 'refused' || type === 'stuck' || type === 'failed';
          if (isBad && flags.json !== true) printLine(terminal.stderr, `error: ${line}`);
          else output.tell({ type: `arena.${type}`, ...fields }, line);
          logger?.[isBad ? 'warn' : 'info']({ event: `arena.${type}`, ...fields }, line);
        },
      });
      output.tell(
        { type: 'worker.ready', worker: self, name, server: bus.server },
        `worker ${self} takes blocks of arenas "${name}" from ${bus.server}`,
      );
      await untilOver(working, flags.drainGrace, terminal);
    } finally {
      await bus.close();
      botOutput.end();
    }
    return exitCodes.done;
  });
}

function describe(event: FleetEvent): string {
  switch (event.type) {
    case 'joined':
      return `run ${event.run}: playing ${event.bots.join(', ')}`;
    case 'refused':
      return `run ${event.run} is not played here: ${event.why}`;
    case 'left':
      return `run ${event.run} is over; ${event.blocks} blocks were played here`;
    case 'stuck':
      return `run ${event.run}: block ${event.block} does not go on and is given up`;
    case 'failed':
      return `run ${event.run}: block ${event.block} cannot be played: ${event.message}`;
  }
}

/** The first signal ends what is being played in peace, the next one gives it back. */
async function untilOver(working: FleetWorker, graceSeconds: number, terminal: Terminal): Promise<void> {
  await new Promise<void>((resolve) => {
    let patience: unknown;
    const release = terminal.onSignal((signal) => {
      if (patience !== undefined) return end();
      printLine(
        terminal.stderr,
        `${signal}: taking no more blocks; those that are played may go on for ${graceSeconds} s. Once more gives them back now.`,
      );
      patience = terminal.clock.setTimeout(end, graceSeconds * 1_000);
      void working.drain().then(end);
    });
    const end = (): void => {
      terminal.clock.clearTimeout(patience);
      release();
      resolve();
    };
  });
  await working.stop();
}
