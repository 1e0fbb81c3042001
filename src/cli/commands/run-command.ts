/** `chipzen-agent run`: keeps a bot seated until it is told to stop. */

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoadedHere } from '../../agent/composition.js';
import type { BotSource } from '../../bot/bot.js';
import { type BotModule, isBotModule } from '../../io/hosting/bot-module.js';
import { importedFiles } from '../../io/hosting/code/imported-files.js';
import type { KeptFile } from '../../io/hosting/code/kept-files.js';
import { stackOf } from '../../io/hosting/failure.js';
import { createMaskedOutput, type MaskedOutput } from '../../io/hosting/masked-output.js';
import type { BotPool } from '../../io/hosting/pool/bot-pool.js';
import { threadsOfModule } from '../../io/hosting/pool/module-threads.js';
import { isRemoteBot, type RemoteBot } from '../../io/hosting/remote/remote-bot.js';
import { jsonVoice } from '../../io/output/voice.js';
import { describeEvent, isWarning } from '../../io/reports/describe.js';
import { eventJson } from '../../io/reports/event-json.js';
import type { SessionLogger } from '../../io/reports/logger.js';
import type { AgentOptions, ChipzenConfig, Environment } from '../../io/settings/agent-options.js';
import { configPaths, loadChipzenConfig, resolveToken } from '../../io/settings/config.js';
import { type Isolation, placeOf } from '../../io/settings/isolation.js';
import type { PinnedBot } from '../../pin/pin-bot.js';
import { OptionError } from '../../protocol/errors.js';
import type { EndReason, TimedAgentEvent } from '../../protocol/events.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import { createStoreHub, type StoreHub } from '../../store/store-hub.js';
import { systemNow } from '../../time/clock.js';
import { liveScreenOf } from '../live/live-terminal.js';
import type { LiveView } from '../live/live-view.js';
import { exitCodeOfEnd } from '../surroundings/exit-codes.js';
import { type Strays, watchStrays } from '../surroundings/stray-errors.js';
import { type CliIo, printLine, type Terminal } from '../surroundings/surroundings.js';
import { storeName } from './arguments.js';
import { withLog } from './command-log.js';
import { type DayFlags, dayOptionsOf } from './day-flags.js';
import type { InspectFlags } from './inspect-flags.js';
import { chosenBot, keepLoaded, loadHere, moduleOf, prepareThreads, tryHere } from './loading.js';
import type { LogFlags } from './log-flags.js';
import type { MetricsFlag } from './metrics-flag.js';
import { pinFor } from './pin-for.js';
import { type RecordFlags, recordFolderOf, recordOptionOf } from './record-flags.js';
import { createSessionSummary } from './session-summary.js';
import { createStops, type DashboardFlag, openAgentDashboard, type Stops } from './show-dashboard.js';
import { openInspector } from './show-inspector.js';
import { tellManager } from './tell-manager.js';

const defaults = { maxWarningLength: 1_000, maxCauses: 5 } as const;

export interface RunFlags extends InspectFlags, LogFlags, RecordFlags, DayFlags {
  /** A configuration file in place of the ones that are looked for; null: none. */
  config?: string | null;
  env?: Environment;
  url?: string;
  botId?: string;
  token?: string;
  maxMatches?: number;
  safeMode: boolean;
  isolate: Isolation;
  /** Of the bots that the file exports. */
  botClass?: string;
  nats?: string;
  natsName: string;
  /** MB. */
  workerMemory?: number;
  /** Play from a copy of the bot's project. */
  pin?: boolean;
  /** Take the code anew when a file of the bot is saved. */
  watch?: boolean;
  /** True: the file of the usual name. */
  store?: string | true;
  /** The file that says how the session stands. */
  status?: string;
  /** Keep the fixtures of the bot. */
  season?: boolean;
  /** Of an invented fixture: epoch milliseconds. */
  dryRunAt?: number;
  /** Where metrics are served. */
  metrics?: MetricsFlag;
  /** URLs and commands. */
  notify?: string[];
  /** Milliseconds. */
  margin?: number;
  json?: boolean;
  /** The whole stacks of the bot's errors. */
  verbose?: boolean;
  /** Seconds. */
  drainGrace: number;
  /** Seconds. */
  lobbyPatience?: number;
  dashboard?: DashboardFlag;
  /** True: takes the lobby from a running session. False: no later one can take it from this one. */
  handover?: boolean;
  /** The bot has to play poker. Default: what the table plays shows in its matches. */
  needsDecide?: boolean;
}

/**
 * Runs the session and prints it to `io`.
 *
 * @returns the exit code of a session that ended well.
 * @throws whatever ends a session badly.
 */
export async function run(bot: string | undefined, flags: RunFlags, io: Terminal): Promise<number> {
  if (bot === undefined) return runBot(undefined, flags, io);
  const { file, botClass } = chosenBot(bot, flags.botClass);
  const named = botClass === undefined ? flags : { ...flags, botClass };
  if (flags.pin !== true) return runBot(file, named, io);
  const pinned = await pinFor(file, named, io);
  try {
    return await runBot(pinned.file, named, io, pinned);
  } finally {
    const kept = await pinned.close();
    if (kept !== null) printLine(io.stderr, printable(kept, defaults.maxWarningLength, io.redact));
  }
}

async function runBot(
  file: string | undefined,
  flags: RunFlags,
  io: Terminal,
  pinned?: PinnedBot,
): Promise<number> {
  const warn = (message: string) =>
    printLine(io.stderr, printable(`warning: ${message}`, defaults.maxWarningLength, io.redact));
  if (flags.token !== undefined) {
    warn(
      'Other users of this machine can see --token in the list of processes. Set CHIPZEN_EXTBOT_TOKEN instead.',
    );
  }
  const strays = watchStrays(flags.safeMode, io);
  const screen = flags.json === true || flags.dashboard !== undefined ? undefined : liveScreenOf(io);
  // Imported only when needed: it has large tables of the width of characters.
  const live = screen && (await import('../live/live-view.js')).openLiveView(screen, io, systemNow);
  try {
    return await withLog('run', flags, io, (logger) =>
      play(file, flags, { io, strays, warn, live, logger, pinned }),
    );
  } finally {
    live?.close();
    strays.release();
  }
}

interface Surroundings {
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

/**
 * @returns the bot. A bot that is to be isolated is not loaded in this process.
 * @throws {OptionError | BadBotError}
 */
async function botOf(
  file: string | undefined,
  { nats, natsName, isolate, botClass, record }: RunFlags,
  { io, strays }: Surroundings,
): Promise<BotSource | BotModule | RemoteBot> {
  if (nats !== undefined) {
    if (botClass !== undefined)
      throw new OptionError('bot class', 'With --nats the workers have the bot: give them --bot-class.');
    if (file === undefined) return { nats, name: natsName };
    throw new OptionError('bot file', 'With --nats the workers have the bot file: leave it out here.');
  }
  if (file === undefined) {
    const taken = typeof record === 'string' && existsSync(record) && statSync(record).isFile();
    const instead = taken ? ` --record took ${record} for its folder: put the bot file before --record.` : '';
    throw new OptionError('bot file', `Name a bot file, or workers with --nats.${instead}`);
  }
  return isolate === 'none'
    ? loadHere({ file, botClass }, io, (refusal) => strays.fail(refusal))
    : moduleOf({ file, botClass });
}

/** Bots' output goes to standard error, because standard output is for the agent's. It is masked as one text. */
const botOutput = (io: Terminal): MaskedOutput =>
  createMaskedOutput(io.mask, (text) => void io.stderr.write(text));

interface ThreadSettings {
  secret: string;
  output: MaskedOutput;
  io: Terminal;
  store: StoreHub;
  /** Of the bot. */
  cwd: string | undefined;
}

/**
 * Starts the first thread, so that its bot is made while this thread still loads the agent. Starting the agent
 * reports errors of the bot.
 */
function startThreads(
  bot: BotModule,
  { isolate, workerMemory, needsDecide }: RunFlags,
  { secret, output, io, store, cwd }: ThreadSettings,
): BotPool {
  const { env, clock } = io;
  const threads = threadsOfModule(bot, {
    place: placeOf(isolate),
    secret,
    env,
    memoryMb: workerMemory,
    onOutput: (text) => output.write(text),
    store,
    clock,
    cwd,
    ...(needsDecide === true && { needsDecide }),
  });
  threads.prepare().catch(() => undefined);
  return threads;
}

async function play(file: string | undefined, flags: RunFlags, around: Surroundings): Promise<number> {
  const { io, warn, pinned } = around;
  const isKept = file !== undefined && flags.isolate === 'none' && recordFolderOf(flags) !== undefined;
  const loaded = isKept ? keepLoaded(file) : undefined;
  // As they are before they are loaded here.
  const botFiles = file !== undefined && flags.isolate === 'none' ? importedFiles(resolve(file)) : undefined;
  const bot = await botOf(file, flags, around);
  const config = configOf(flags, io, warn);
  const secret = resolveToken(flags.token, config, io.env) ?? '';
  io.hide(secret);
  const output = botOutput(io);
  const store = createStoreHub({ path: storePathOf(flags) });
  await store.open();
  const threads =
    secret !== '' && isBotModule(bot)
      ? startThreads(bot, flags, { secret, output, io, store, cwd: pinned?.cwd })
      : undefined;
  try {
    return await playWith(
      { file, bot, botFiles },
      { flags, config, secret, output, threads, loaded, store },
      around,
    );
  } finally {
    // Needed when no agent was made that would have ended them.
    await threads?.close();
    await store.close();
    output.end();
  }
}

/** @throws {OptionError} for bots that are not here. */
function storePathOf({ store, nats }: RunFlags): string | null {
  if (store !== undefined && nats !== undefined)
    throw new OptionError('store', 'With --nats each worker has a store of its own: give --store to them.');
  return store === true ? storeName : (store ?? null);
}

function configOf(
  { config }: RunFlags,
  { env }: Terminal,
  onWarning: (message: string) => void,
): ChipzenConfig | null {
  if (config === null) return null;
  const isRequired = config !== undefined;
  return loadChipzenConfig(isRequired ? [config] : configPaths(env), { onWarning, isRequired });
}

interface Settings {
  flags: RunFlags;
  config: ChipzenConfig | null;
  secret: string;
  output: MaskedOutput;
  threads: BotPool | undefined;
  /** What was loaded of the bot on this thread, for recordings. */
  loaded: LoadedHere | undefined;
  store: StoreHub;
}

interface Player {
  file: string | undefined;
  bot: BotSource | BotModule | RemoteBot;
  botFiles: readonly KeptFile[] | undefined;
}

async function playWith(
  { file, bot, botFiles }: Player,
  { flags, config, secret, output, threads, loaded, store }: Settings,
  { io, strays, live, warn, logger, pinned }: Surroundings,
): Promise<number> {
  const { createAgent } = await import('../../agent/agent.js');
  const agent = createAgent(bot, optionsOf(flags, config), {
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
    printLine(io.stderr, printable(`chipzen-agent: ${line}`, defaults.maxWarningLength, io.redact));
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
  agent.on(live?.onEvent ?? (flags.json === true ? jsonLines(io) : humanLines(io)));
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

function optionsOf(flags: RunFlags, config: ChipzenConfig | null): AgentOptions {
  const { env, url, botId, token, maxMatches, safeMode, drainGrace, lobbyPatience } = flags;
  const { isolate, workerMemory, margin } = flags;
  return {
    config,
    safeMode,
    isolate,
    drainGraceMs: drainGrace * 1000,
    ...(env !== undefined && { env }),
    ...(url !== undefined && { url }),
    ...(botId !== undefined && { botId }),
    ...(token !== undefined && { token }),
    ...(maxMatches !== undefined && { maxMatches }),
    ...(workerMemory !== undefined && { workerMemoryMb: workerMemory }),
    ...(flags.watch !== undefined && { watch: flags.watch }),
    ...(margin !== undefined && { marginMs: margin }),
    ...(flags.handover !== false && { handover: flags.handover === true ? 'take' : 'listen' }),
    ...recordOptionOf(flags),
    ...(flags.status !== undefined && { status: flags.status }),
    ...seasonOptionOf(flags),
    ...(flags.metrics !== undefined && { metrics: flags.metrics }),
    ...(flags.notify !== undefined && { notify: flags.notify }),
    ...dayOptionsOf(flags),
    ...(lobbyPatience !== undefined && { lobbyRefusedMs: lobbyPatience * 1000 }),
  };
}

/** @throws {OptionError} */
function seasonOptionOf({ season, dryRunAt }: RunFlags): Pick<AgentOptions, 'season'> {
  if (dryRunAt !== undefined && season !== true)
    throw new OptionError('dry run at', 'A dry run takes the way of --season: give --season as well.');
  if (season !== true) return {};
  return { season: dryRunAt === undefined ? true : { dryRunAt } };
}

function humanLines(io: Terminal): (event: TimedAgentEvent) => void {
  return (event) => {
    const line = describeEvent(event, io.redact);
    if (line !== null) printLine(isWarning(event) ? io.stderr : io.stdout, line);
  };
}

/** The whole stack of each failure of the bot, the first time that it comes. */
function stackLines(io: Terminal): (event: TimedAgentEvent) => void {
  return (event) => {
    if (event.type !== 'bot.terminated' && (event.type !== 'bot.failed' || (event.times ?? 1) > 1)) return;
    for (const line of stackOf(event.error, defaults.maxCauses)) {
      printLine(io.stderr, printable(line, defaults.maxWarningLength, io.redact));
    }
  };
}

function jsonLines(io: Terminal): (event: TimedAgentEvent) => void {
  return (event) => printLine(io.stdout, visibleJson(io.mask.json(eventJson(event))));
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
