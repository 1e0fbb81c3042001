/** Makes a running session from a bot and options, and collects its results. */

import { createActor } from 'xstate';
import type { BotSource } from '../bot/bot.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import { isRemoteBot, type RemoteBot } from '../io/hosting/remote/remote-bot.js';
import { containInspector } from '../io/reports/contain-inspector.js';
import type { Agent, AgentOptions } from '../io/settings/agent-options.js';
import { resolveSession } from '../io/settings/session.js';
import { type LobbyOutput, liveMatches } from '../machines/lobby.js';
import { reportOfProxy } from '../network/environment-proxy.js';
import { onAbort } from '../network/on-abort.js';
import {
  type ChipzenError,
  errorOfFault,
  type Fault,
  InternalError,
  OptionError,
} from '../protocol/errors.js';
import { type AgentEvent, type CodeChange, describeEndReason } from '../protocol/events.js';
import { refuseUnknown } from '../protocol/known-names.js';
import type { MatchResult } from '../protocol/results.js';
import { createStoreHub } from '../store/store-hub.js';
import { systemClock, type Times, timesOf } from '../time/clock.js';
import { type ClockJumps, systemClockJumps, watchClockJumps } from '../time/clock-jumps.js';
import { assertCanSeat, composeBot, composeLobby, type World } from './composition.js';
import { type AgentHandover, composeHandover } from './hand-over.js';
import { datesOf, keepDates } from './keep-dates.js';
import { createLobbyDesk } from './lobby-needs.js';
import { collectResults } from './result-store.js';
import { openReports } from './session-reports.js';
import { unfitnessOf } from './unfit-bot.js';
import { composeWitnesses } from './witnesses.js';

const defaults = {
  awayWhy: 'told to stay out',
  unlistedWhy: 'the fixtures are asked for',
} as const;

const realWorld: Omit<World, keyof Times> = {
  clock: systemClock,
  random: Math.random,
  env: process.env,
  onBotOutput: (text, from) => void process[from].write(text),
};

/** The process's watcher; that of a program with clocks of its own looks at these. */
function jumpsOf({ clock, now, wallNow }: Partial<World>, times: Times): ClockJumps {
  if (clock === undefined && now === undefined && wallNow === undefined) return systemClockJumps;
  return watchClockJumps({ clock: clock ?? systemClock, wall: times.wallNow, monotonic: times.now });
}

/** The error of a session. A session that reached the lobby and lost it later has none: it keeps its results. */
function errorOf({ fault, reached }: LobbyOutput): ChipzenError | null {
  if (fault === null || (fault.code === 'lobby_unreachable' && reached)) return null;
  return errorOfFault(fault);
}

/**
 * An agent for this bot, not yet started.
 *
 * @param bot its class, instance or factory; the file that it is in, which can be loaded in a process of its own; or
 * the server of its workers.
 * @param world clock, random numbers, environment and output, for programs that provide their own. Default: the
 * process's.
 * @throws {BadBotError} for something that cannot be a bot, and when a bot file calls this while it is loaded for
 * another session.
 * @throws {OptionError | MissingTokenError | MissingUrlError | InsecureUrlError | ConfigError} for options,
 * environment variables or a `chipzen.toml` that cannot be used, before anything is dialed.
 */
export function createAgent(
  bot: BotSource | BotModule | RemoteBot,
  options: AgentOptions = {},
  world: Partial<World> = {},
): Agent {
  assertCanSeat(bot, 'createAgent or runExternalBot');
  const {
    clock,
    random,
    env,
    onBotOutput,
    threads,
    loaded,
    botFiles,
    store: opened,
    truePath,
  } = { ...realWorld, ...world };
  const times = timesOf(world);
  const jumps = jumpsOf(world, times);
  const warnings: string[] = [];
  const session = resolveSession(options, env, (message) => warnings.push(message));

  if (isRemoteBot(bot) && options.store !== undefined) {
    throw new OptionError(
      'store',
      'A bot at workers has the store of its worker: give the file there (chipzen-agent worker --store).',
    );
  }
  const store = opened ?? createStoreHub({ path: options.store ?? null, clock });
  const seated = composeBot(bot, options, session.token, {
    clock,
    ...times,
    env,
    onBotOutput,
    threads,
    store,
    botFiles,
  });
  const witnesses = composeWitnesses(options, {
    bot,
    session,
    world: { clock, env, loaded, truePath },
    times,
    playing: () => seated.playing?.() ?? null,
    emit: (event) => emit(event),
  });
  const reports = openReports(options, times, witnesses.record);
  const { emit } = reports;
  witnesses.listenTo(reports);
  store.tell((message) => emit({ type: 'config.warning', message }));
  const results = collectResults(session.keepResults);
  const keepResult = (event: AgentEvent): void => {
    if (event.type === 'match.ended') results.add(event.result);
  };
  reports.on(Object.assign(keepResult, { hears: new Set(['match.ended'] as const) }));

  // A worker that cannot make its bot ends by itself; others play on. Without safe mode the match ends the session.
  const endUnfit = (event: AgentEvent): void => {
    if (event.type !== 'bot.failed' || event.hook !== 'constructor') return;
    if (isRemoteBot(bot) || !session.input.safeMode) return;
    actor.send({ type: 'agent.unfit', ...unfitnessOf(event, seated.prepare !== null) });
  };
  reports.on(Object.assign(endUnfit, { hears: new Set(['bot.failed'] as const) }));

  const { keepsSeason, startsAway } = datesOf(options);
  const sockets = new AbortController();
  const machine = composeLobby(session.token, {
    bot: seated.logic,
    userAgent: session.userAgent,
    proxy: session.proxy,
    reporter: reports.reporter,
    tap: reports.frames,
    record: witnesses.onFrame,
    onArrival: witnesses.onArrival,
    signal: sockets.signal,
    world: { clock, jumps, ...times },
  });
  const actor = createActor(machine, {
    clock,
    ...(options.inspect && { inspect: containInspector(options.inspect, emit) }),
    input: {
      ...session.input,
      awayWhy: !startsAway ? null : keepsSeason ? defaults.unlistedWhy : defaults.awayWhy,
      redialPauseMs: (isHolding) => dates?.redialPauseMs?.(isHolding) ?? 0,
      now: times.now,
      random,
    },
  });

  const desk = createLobbyDesk(
    { caller: !startsAway },
    {
      enter: () => actor.send({ type: 'lobby.enter' }),
      leave: (message) => actor.send({ type: 'lobby.leave', message }),
    },
  );
  const recordFolder = typeof options.record === 'object' ? options.record.folder : (options.record ?? null);
  const dates = keepDates(options, {
    lobbyUrl: session.input.lobbyUrl,
    token: session.token,
    platform: { userAgent: session.userAgent, proxy: session.proxy },
    env,
    clock,
    jumps,
    ...times,
    random,
    reporter: reports.reporter,
    inspect: options.inspect && containInspector(options.inspect, emit),
    emit,
    recordFolder,
    needs: desk,
    redial: desk.redial,
  });
  if (dates !== null) reports.on(dates.onEvent);
  const handover: AgentHandover | null =
    options.handover === undefined
      ? null
      : composeHandover({
          mode: options.handover,
          lobbyUrl: session.input.lobbyUrl,
          token: session.token,
          env,
          clock,
          lobby: actor,
          desk,
          belongings: {
            async give() {
              await Promise.allSettled([dates?.release(), witnesses.give()]);
            },
            async takeBack() {
              await Promise.allSettled([dates?.claim(), witnesses.takeBack()]);
            },
          },
          elsewhere: {
            plays: (matchIds) => dates?.inherit(matchIds),
            freed: (matchId, how) => dates?.freed(matchId, how),
          },
          reports,
          ...(options.inspect && { inspect: containInspector(options.inspect, emit) }),
        });

  let resolveDone: (results: MatchResult[]) => void;
  let rejectDone: (error: ChipzenError) => void;
  const done = new Promise<MatchResult[]>((resolve, reject) => {
    resolveDone = resolve;
    rejectDone = reject;
  });
  // Those who await `done` get the error; without them it must not end the process.
  done.catch(() => undefined);

  /** Aborted when the session ends before it has begun. */
  const beginning = new AbortController();
  let ended = false;
  let running = false;
  let forgetSignal: (() => void) | null = null;
  let unfollow: (() => void) | null = null;
  let wasEvicted = false;
  const end = (error: ChipzenError | null): void => {
    if (ended) return;
    ended = true;
    reports.begin();
    beginning.abort();
    forgetSignal?.();
    unfollow?.();
    sockets.abort();
    void settle(error);
  };
  const settle = async (failure: ChipzenError | null): Promise<void> => {
    await handover?.close(wasEvicted);
    for (const left of await seated.close()) emit({ type: 'bot.left_behind', ...left });
    await dates?.close();
    await store.close();
    await witnesses.close(failure?.message ?? null);
    if (failure === null) return resolveDone(results.all());
    failure.results = results.all();
    return rejectDone(failure);
  };

  actor.subscribe({
    complete: () => {
      const { output } = actor.getSnapshot();
      if (output === undefined) return end(new InternalError('The session was stopped from outside.'));
      const { reason, completed, abandoned, fault } = output;
      const message = describeEndReason(reason, fault);
      wasEvicted = reason === 'evicted';
      emit({ type: 'lobby.ended', reason, message, completed, abandoned, fault });
      end(refusal ?? errorOf(output));
    },
    error: (cause) => {
      cutOrphans();
      const fault: Fault = { code: 'internal', message: 'The lobby machine failed.', cause };
      const { completed, abandoned } = actor.getSnapshot().context;
      const { message } = fault;
      emit({ type: 'lobby.ended', reason: 'failed', message, completed, abandoned, fault });
      end(errorOfFault(fault));
    },
  });

  /** A machine that fails does not stop its children: they are ended here, each with its result. */
  const cutOrphans = (): void => {
    for (const match of liveMatches(actor.getSnapshot()).values()) {
      match.send({ type: 'match.cut' });
      const result = match.getSnapshot().output?.result;
      if (result !== undefined) emit({ type: 'match.ended', matchId: result.matchId, result });
    }
  };

  let refusal: ChipzenError | null = null;
  seated.onUnfit?.((error) => {
    if (ended) return;
    refusal = error;
    if (running) actor.send({ type: 'agent.cut' });
    else end(error);
  });

  seated.onUnmade?.(({ message, cause }) => {
    if (running && !ended) actor.send({ type: 'agent.unfit', message, cause });
  });

  let started = false;
  let stops = 0;
  const stop: Agent['stop'] = async (given = {}) => {
    refuseUnknown(given, { graceMs: true }, 'stop');
    const { graceMs } = given;
    stops += 1;
    if (!running && !ended) end(null);
    if (!ended) {
      if (stops > 1 || graceMs === 0) actor.send({ type: 'agent.cut' });
      else stopGently(graceMs);
    }
    started = true;
    await done.catch(() => undefined);
  };
  /** Who leaves the lobby with a place in the queue may miss a match that is on its way. */
  const stopGently = (graceMs?: number): void => {
    const leaving = dates?.leaveQueue() ?? null;
    const go = (): void => {
      if (!ended) actor.send({ type: 'agent.stop', ...(graceMs !== undefined && { graceMs }) });
    };
    if (leaving === null) go();
    else void leaving.then(go);
  };
  // Not counted as a call of `stop`: a program that aborts the signal and then awaits `stop()` wants the grace.
  const abort = (): void => {
    if (ended) return;
    if (running) stopGently();
    else end(null);
  };

  const tellChange = (change: CodeChange): void => emit({ type: 'code.changed', ...change });
  const run = (): void => {
    if (ended) return;
    running = true;
    unfollow = seated.followCode?.(tellChange) ?? null;
    witnesses.plays();
    actor.start();
    dates?.begin();
    if (options.signal?.aborted) abort();
  };

  return {
    actor,
    season: dates?.season ?? null,
    queue: dates?.queue ?? null,
    done,
    start() {
      if (started) return done;
      started = true;
      if (options.signal) forgetSignal = onAbort(options.signal, abort);
      witnesses.begin();
      reports.begin();
      for (const message of warnings) emit({ type: 'config.warning', message });
      if (session.proxy !== null) emit(reportOfProxy(session.proxy));
      // A bot that cannot be made ends the session before it costs a match.
      const opening = store.open();
      const preparing = [
        opening?.then(() => seated.prepare?.()) ?? seated.prepare?.(),
        witnesses.prepare(),
        dates?.prepare(beginning.signal),
      ].filter((one) => one !== undefined);
      /** What only one session at a time can have. */
      const possess = () => Promise.all([dates?.claim(), witnesses.claim()]);
      if (preparing.length === 0 && handover === null && !witnesses.hasPort) run();
      else {
        Promise.all(preparing)
          // Last of all: from then on nobody is in the lobby until this session is.
          .then(() => (ended ? undefined : handover?.begin()))
          .then(() => (ended ? undefined : possess()))
          .then(run, (error: unknown) => end(error as ChipzenError));
      }
      return done;
    },
    stop,
    leaveLobby(why = defaults.awayWhy) {
      if (!ended) desk.say('caller', false, why);
    },
    enterLobby() {
      if (!ended) desk.say('caller', true, '');
    },
    on: reports.on,
    onFrame: reports.frames.add,
  };
}

/**
 * Plays every match the platform gives this bot, until the session is stopped, evicted, fails, or `maxMatches` are
 * over.
 *
 * @returns one result per match, abandoned ones included, as far as `keepResults` allows.
 * @throws what `createAgent` throws, and `AuthenticationError`, `TokenRevokedError`, `LobbyNotFoundError`,
 * `LobbyUnreachableError` (only if it was never reached), `InternalError` or, with `safeMode: false`,
 * `BotDecisionError`; each carries the `results` so far. Before anything is dialed: `BadBotError` when the bot of a
 * file cannot be made, and `NatsUnavailableError`.
 */
export async function runExternalBot(
  bot: BotSource | BotModule | RemoteBot,
  options: AgentOptions = {},
): Promise<MatchResult[]> {
  return createAgent(bot, options).start();
}
