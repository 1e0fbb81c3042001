/** Makes a session from a bot and options: its parts, put together. `session-life.ts` has how it begins and ends. */
import { createActor } from 'xstate';
import type { BotSource } from '../bot/bot.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import { isRemoteBot, type RemoteBot } from '../io/hosting/remote/remote-bot.js';
import { containInspector } from '../io/reports/contain-inspector.js';
import type { Agent, AgentOptions } from '../io/settings/agent-options.js';
import { resolveSession } from '../io/settings/session.js';
import { reportOfProxy } from '../network/environment-proxy.js';
import { OptionError } from '../protocol/errors.js';
import type { AgentEvent } from '../protocol/events.js';
import { refuseUnknown } from '../protocol/known-names.js';
import type { MatchResult } from '../protocol/results.js';
import { createStoreHub } from '../store/store-hub.js';
import { systemClock, type Times, timesOf } from '../time/clock.js';
import { type ClockJumps, systemClockJumps, watchClockJumps } from '../time/clock-jumps.js';
import { composeLobby } from './composition.js';
import { type AgentHandover, composeHandover } from './hand-over.js';
import { datesOf, keepDates } from './keep-dates.js';
import { createLobbyDesk } from './lobby-needs.js';
import { collectResults } from './result-store.js';
import { assertCanSeat, composeBot } from './seat-bot.js';
import { createSessionLife } from './session-life.js';
import { openReports } from './session-reports.js';
import { type ClaimSettler, settleClaims } from './settle-claims.js';
import { unfitnessOf } from './unfit-bot.js';
import { composeWitnesses } from './witnesses.js';
import type { World } from './world.js';

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
  const claims: ClaimSettler | null =
    dates !== null
      ? null
      : settleClaims({
          lobbyUrl: session.input.lobbyUrl,
          env,
          wallNow: times.wallNow,
          onTrouble: (message) => emit({ type: 'config.warning', message }),
        });
  if (claims !== null) reports.on(claims.onEvent);
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

  const life = createSessionLife({
    lobby: actor,
    seated,
    store,
    witnesses,
    reports,
    results,
    dates,
    claims,
    handover,
    sockets,
    signal: options.signal,
    tellFirst() {
      for (const message of warnings) emit({ type: 'config.warning', message });
      if (session.proxy !== null) emit(reportOfProxy(session.proxy));
    },
  });

  return {
    actor,
    season: dates?.season ?? null,
    queue: dates?.queue ?? null,
    done: life.done,
    start: () => life.start(),
    async stop(given = {}) {
      refuseUnknown(given, { graceMs: true }, 'stop');
      await life.stop(given.graceMs);
    },
    leaveLobby(why = defaults.awayWhy) {
      if (!life.hasEnded) desk.say('caller', false, why);
    },
    enterLobby() {
      if (!life.hasEnded) desk.say('caller', true, '');
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
