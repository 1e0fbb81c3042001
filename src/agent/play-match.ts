/** Plays one known match, as bots do that are uploaded to the platform (docs/protocol.md 1). */
import { createActor } from 'xstate';
import type { BotSource } from '../bot/bot.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import type { RemoteBot } from '../io/hosting/remote/remote-bot.js';
import { containInspector } from '../io/reports/contain-inspector.js';
import { onWallClock } from '../io/reports/reporter.js';
import { type RunBotOptions, resolveMatch } from '../io/settings/known-match.js';
import { matchSystemId } from '../machines/match.context.js';
import { reportOfProxy } from '../network/environment-proxy.js';
import { onAbort } from '../network/on-abort.js';
import { errorOfFault, type Fault, InternalError } from '../protocol/errors.js';
import type { AgentEvent } from '../protocol/events.js';
import type { MatchResult } from '../protocol/results.js';
import { systemClock, timesOf } from '../time/clock.js';
import { systemClockJumps } from '../time/clock-jumps.js';
import { composeMatch } from './composition.js';
import { recordSession } from './record-session.js';
import { assertCanSeat, composeBot } from './seat-bot.js';
import { openReports } from './session-reports.js';
import { unfitnessOf } from './unfit-bot.js';

const noListener = (): void => undefined;

/**
 * Plays the match at this URL and resolves with its result. The result of an abandoned match has `end: null`.
 *
 * @param url `ws(s)://HOST/ws/match/{match_id}/{participant_id}`, or `.../bot`.
 * @throws {BadBotError | OptionError | MissingTokenError | InsecureUrlError | ConfigError} before anything is dialed.
 * @throws {NatsUnavailableError} when the server that leads to the bot's workers cannot be reached.
 * @throws {BotDecisionError} with `safeMode: false`, on the bot's first error; its `results` holds the match.
 * @throws {BadBotError} after the match, when its bot could not be made; `results` holds the match.
 * @throws {InternalError} for a defect.
 */
export async function playMatch(
  url: string,
  bot: BotSource | BotModule | RemoteBot,
  options: RunBotOptions = {},
): Promise<MatchResult> {
  const { result } = await playKnownMatch('playMatch', { url, bot, options });
  return result;
}

export interface KnownMatchRun {
  result: MatchResult;
  /** Whether the gateway greeted the bot at least once. */
  wasConnected: boolean;
}

/** @param call the function that was called, for messages. */
export async function playKnownMatch(
  call: string,
  { url, bot, options }: { url: string; bot: BotSource | BotModule | RemoteBot; options: RunBotOptions },
): Promise<KnownMatchRun> {
  assertCanSeat(bot, call);
  const times = timesOf({});
  const match = resolveMatch(url, options, process.env, call);
  const { credential } = match;
  const secret = credential.kind === 'ticket' ? credential.ticket : credential.token;
  const seated = composeBot(bot, options, secret, {
    clock: systemClock,
    ...times,
    env: process.env,
    onBotOutput: (text, from) => void process[from].write(text),
  });
  const recorder =
    options.record === undefined
      ? null
      : recordSession({
          bot,
          record: options.record,
          env: null,
          lobby: null,
          participantId: match.input.participantId || null,
          secret,
          clock: systemClock,
          ...times,
          variables: process.env,
          loaded: undefined,
          playing: () => seated.playing?.() ?? null,
          onTrouble: (message) => emit({ type: 'config.warning', message }),
        });
  const reports = openReports(options, times, recorder?.onEvent);
  const { emit } = reports;
  // All of its listeners are in the options.
  reports.begin();
  let wasConnected = false;
  reports.on((event) => {
    wasConnected ||= event.type === 'match.connected';
  });
  if (match.proxy !== null) emit(reportOfProxy(match.proxy));
  const sockets = new AbortController();
  const machine = composeMatch(credential, {
    bot: seated.logic,
    userAgent: match.userAgent,
    proxy: match.proxy,
    reporter: reports.reporter,
    tap: reports.frames,
    record: recorder?.onFrame,
    signal: sockets.signal,
    world: { clock: systemClock, jumps: systemClockJumps, ...times },
  });
  const actor = createActor(machine, {
    systemId: matchSystemId(match.input.matchId),
    input: { ...match.input, now: times.now, random: Math.random },
    ...(options.inspect && { inspect: containInspector(options.inspect, emit) }),
  });
  let unfit: Fault | null = null;
  const noteUnfit = (event: AgentEvent): void => {
    if (event.type === 'bot.failed' && event.hook === 'constructor') {
      unfit ??= { code: 'bad_bot', ...unfitnessOf(event, seated.prepare !== null) };
    }
  };
  reports.on(Object.assign(noteUnfit, { hears: new Set(['bot.failed'] as const) }));
  let forgetSignal: () => void = noListener;
  const cut = (): void => actor.send({ type: 'match.cut' });

  try {
    const making = [seated.prepare?.(), recorder?.prepare()].filter((one) => one !== undefined);
    await untilAborted(
      making.length === 0 ? undefined : Promise.all(making).then(noListener),
      options.signal,
    );
    recorder?.plays();
    const result = await new Promise<MatchResult>((resolve, reject) => {
      actor.subscribe({
        complete: () => {
          const { output } = actor.getSnapshot();
          if (output === undefined) return reject(new InternalError('The match was stopped from outside.'));
          const { result: played } = output;
          const fault = output.fault ?? unfit;
          emit({ type: 'match.ended', matchId: played.matchId, result: played });
          const shown = onWallClock(played, times);
          if (fault === null) return resolve(shown);
          const error = errorOfFault(fault);
          error.results = [shown];
          return reject(error);
        },
        error: (cause) => reject(new InternalError('The match machine failed.', { cause })),
      });
      if (options.signal) forgetSignal = onAbort(options.signal, cut);
      actor.start();
      if (options.signal?.aborted) cut();
    });
    return { result, wasConnected };
  } finally {
    forgetSignal();
    sockets.abort();
    for (const left of await seated.close()) emit({ type: 'bot.left_behind', ...left });
    await recorder?.close();
  }
}

/** Waits until the bot is made, or the signal is aborted. */
async function untilAborted(made: Promise<void> | undefined, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return made;
  if (signal.aborted) return void made?.catch(() => undefined);
  let forget: () => void = noListener;
  const aborted = new Promise<void>((resolve) => {
    forget = onAbort(signal, resolve);
  });
  try {
    await Promise.race([made, aborted]);
  } finally {
    forget();
    made?.catch(() => undefined);
  }
}
