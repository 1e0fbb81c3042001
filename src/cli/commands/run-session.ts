/** The session of `chipzen-agent run`, from the agent that is made to its last line, with all that watches it. */

import type { LoadedHere } from '../../agent/world.js';
import type { BotSource } from '../../bot/bot.js';
import { type BotModule, isBotModule } from '../../io/hosting/bot-module.js';
import type { KeptFile } from '../../io/hosting/code/kept-files.js';
import type { MaskedOutput } from '../../io/hosting/masked-output.js';
import type { BotPool } from '../../io/hosting/pool/bot-pool.js';
import { isRemoteBot, type RemoteBot } from '../../io/hosting/remote/remote-bot.js';
import { jsonVoice } from '../../io/output/voice.js';
import type { SessionLogger } from '../../io/reports/logger.js';
import type { ChipzenConfig } from '../../io/settings/agent-options.js';
import type { PinnedBot } from '../../pin/pin-bot.js';
import type { EndReason, TimedAgentEvent } from '../../protocol/events.js';
import { printable } from '../../protocol/redact.js';
import type { StoreHub } from '../../store/store-hub.js';
import { systemNow } from '../../time/clock.js';
import type { LiveView } from '../live/live-view.js';
import { exitCodeOfEnd } from '../surroundings/exit-codes.js';
import type { Strays } from '../surroundings/stray-errors.js';
import { type CliIo, printLine, type Terminal } from '../surroundings/surroundings.js';
import { humanLines, jsonEvents, maxLineLength, stackLines } from './event-lines.js';
import { prepareThreads, tryHere } from './loading.js';
import { agentOptionsOf, type RunFlags } from './run-options.js';
import { createSessionSummary } from './session-summary.js';
import { createStops, openAgentDashboard, type Stops } from './show-dashboard.js';
import { openInspector } from './show-inspector.js';
import { tellManager } from './tell-manager.js';

/** What a session has around it in the command. */
export interface RunSurroundings {
  io: Terminal;
  strays: Strays;
  warn: (message: string) => void;
  /** The live view on a terminal, which replaces the lines. */
  live: LiveView | undefined;
  /** Null: nothing is logged. */
  logger: SessionLogger | null;
  /** The copy that is played from. */
  pinned: PinnedBot | undefined;
}

export interface SessionParts {
  flags: RunFlags;
  config: ChipzenConfig | null;
  secret: string;
  output: MaskedOutput;
  threads: BotPool | undefined;
  /** What was loaded of the bot on this thread, for recordings. */
  loaded: LoadedHere | undefined;
  store: StoreHub;
}

export interface PlayedBot {
  file: string | undefined;
  bot: BotSource | BotModule | RemoteBot;
  botFiles: readonly KeptFile[] | undefined;
}

/**
 * Plays the session and prints it.
 *
 * @returns the exit code of a session that ended well.
 * @throws whatever ends a session badly.
 */
export async function playSession(
  { file, bot, botFiles }: PlayedBot,
  { flags, config, secret, output, threads, loaded, store }: SessionParts,
  { io, strays, live, warn, logger, pinned }: RunSurroundings,
): Promise<number> {
  const { createAgent } = await import('../../agent/agent.js');
  const agent = createAgent(bot, agentOptionsOf(flags, config), {
    env: io.env,
    onBotOutput: (text) => output.write(text),
    threads,
    store,
    loaded,
    botFiles,
    truePath: pinned?.truePath,
  });

  let reason: EndReason | null = null;
  let message = '';
  let isSignalled = false;
  const tell = (line: string): void =>
    printLine(io.stderr, printable(`chipzen-agent: ${line}`, maxLineLength, io.redact));
  /** The user may read only standard error. A signal has its line there, and a failure gets it at the end. */
  const tellEnding = (ending: Extract<TimedAgentEvent, { type: 'lobby.draining' }>): void => {
    if (ending.reason === 'evicted') tell(`evicted: ${ending.message}.`);
    if (ending.reason === 'stopped' && !isSignalled && !strays.signal.aborted)
      tell(`ending: ${ending.message}.`);
  };
  const summary = createSessionSummary();
  agent.on((event) => {
    if (event.type === 'lobby.ended') ({ reason, message } = event);
    if (event.type === 'lobby.draining') tellEnding(event);
    if (event.type === 'metrics.listening') printLine(io.stderr, `The metrics are at ${event.url}`);
    summary.onEvent(event);
  });
  // Before the lines: whoever reads a line finds its event in the log.
  if (logger !== null) agent.on((await import('../../io/reports/logger.js')).logEvents(logger));
  agent.on(live?.onEvent ?? (flags.json === true ? jsonEvents(io) : humanLines(io)));
  if (flags.verbose === true && flags.json !== true) agent.on(stackLines(io));
  if (flags.json === true) io.speak?.('stdout', jsonVoice(systemNow));
  if (threads !== undefined && isBotModule(bot)) {
    // Until then a signal ends the process at once: there are no matches yet.
    await prepareThreads(String(bot.module), threads, io).catch(async (error: unknown) => {
      for (const left of await threads.close()) warn(left.message);
      throw error;
    });
  }
  if (file !== undefined && !isBotModule(bot) && !isRemoteBot(bot))
    await tryHere({ file, source: bot, needsDecide: flags.needsDecide }, io);
  strays.throwIfFatal();
  const stops = createStops(agent);
  strays.signal.addEventListener('abort', () => stops.cut());
  const page =
    flags.dashboard === undefined
      ? null
      : await openAgentDashboard(agent, flags.dashboard, io, { drain: stops.drain, stop: stops.cut });
  if (page !== null) printLine(io.stderr, `The dashboard is at ${page.url}`);
  const inspector = await openInspector(agent, flags, secret);
  if (inspector !== null) printLine(io.stderr, `The inspector is at ${inspector.url}`);
  const manager = tellManager(agent, io, warn);
  const release = stopOnSignal(stops, flags.drainGrace, io, () => {
    isSignalled = true;
  });
  try {
    await agent.start();
    strays.throwIfFatal();
    if (reason === 'failed') tell(message);
    if (summary.failedAtEveryTurn) tell('the bot failed at every turn: it has answered none of them.');
    return exitCodeOfEnd(reason, summary.failedAtEveryTurn);
  } finally {
    release();
    // The live table has net chips and turns in it.
    const last = live === undefined ? summary.lines(io.redact) : summary.errors(io.redact);
    if (flags.json !== true) for (const line of last) printLine(io.stdout, line);
    await page?.close();
    await inspector?.close();
    await manager?.close();
  }
}

/** The first signal drains, the next one cuts what is left. */
function stopOnSignal(stops: Stops, graceSeconds: number, io: CliIo, onSignal: () => void): () => void {
  return io.onSignal((signal) => {
    onSignal();
    if (!stops.begun) {
      printLine(
        io.stderr,
        graceSeconds > 0
          ? `${signal}: taking no more matches; live ones may go on for ${graceSeconds} s. Once more cuts them now.`
          : `${signal}: ending now.`,
      );
      stops.finish();
    } else {
      printLine(io.stderr, `${signal}: cutting live matches.`);
      stops.cut();
    }
  });
}
