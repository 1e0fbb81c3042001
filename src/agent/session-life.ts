/**
 * How a session begins and ends: what is made ready before it plays, the ways in which it can be over, and in which order
 * everything is given back.
 */
import { type LobbyActor, type LobbyOutput, liveMatches } from '../machines/lobby.js';
import { onAbort } from '../network/on-abort.js';
import { type ChipzenError, errorOfFault, type Fault, InternalError } from '../protocol/errors.js';
import { type CodeChange, describeEndReason } from '../protocol/events.js';
import type { MatchResult } from '../protocol/results.js';
import type { StoreHub } from '../store/store-hub.js';
import type { AgentHandover } from './hand-over.js';
import type { DateKeeper } from './keep-dates.js';
import type { ResultStore } from './result-store.js';
import type { SeatedBot } from './seat-bot.js';
import type { SessionReports } from './session-reports.js';
import type { ClaimSettler } from './settle-claims.js';
import type { Witnesses } from './witnesses.js';

/** What a session is made of. */
export interface SessionLifeParts {
  /** Not started yet. */
  lobby: LobbyActor;
  seated: SeatedBot;
  store: StoreHub;
  witnesses: Witnesses;
  reports: SessionReports;
  results: ResultStore;
  dates: DateKeeper | null;
  /** Null: the dates settle them. */
  claims: ClaimSettler | null;
  handover: AgentHandover | null;
  /** Aborted when the session ends: no socket outlives it. */
  sockets: AbortController;
  /** Stops the session. */
  signal: AbortSignal | undefined;
  /** Reports what there is to tell before anything else happens. */
  tellFirst: () => void;
}

export interface SessionLife {
  /** As `start()`, `stop()` and `done` of an `Agent`. */
  start(): Promise<MatchResult[]>;
  stop(graceMs: number | undefined): Promise<void>;
  readonly done: Promise<MatchResult[]>;
  readonly hasEnded: boolean;
}

/** The error of a session. A session that reached the lobby and lost it later has none: it keeps its results. */
function errorOf({ fault, reached }: LobbyOutput): ChipzenError | null {
  if (fault === null || (fault.code === 'lobby_unreachable' && reached)) return null;
  return errorOfFault(fault);
}

export function createSessionLife(parts: SessionLifeParts): SessionLife {
  const { lobby, seated, store, witnesses, reports, results, dates, claims, handover, sockets, signal } =
    parts;
  const { emit } = reports;
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
  let started = false;
  let running = false;
  let ended = false;
  let stops = 0;
  let wasEvicted = false;
  let forgetSignal: (() => void) | null = null;
  let unfollow: (() => void) | null = null;

  // --- over ---

  function end(error: ChipzenError | null): void {
    if (ended) return;
    ended = true;
    reports.begin();
    beginning.abort();
    forgetSignal?.();
    unfollow?.();
    sockets.abort();
    void giveBack(error);
  }

  async function giveBack(failure: ChipzenError | null): Promise<void> {
    await handover?.close(wasEvicted);
    for (const left of await seated.close()) emit({ type: 'bot.left_behind', ...left });
    await dates?.close();
    await claims?.close();
    await store.close();
    await witnesses.close(failure?.message ?? null);
    if (failure === null) return resolveDone(results.all());
    failure.results = results.all();
    return rejectDone(failure);
  }

  lobby.subscribe({
    complete: () => {
      const { output } = lobby.getSnapshot();
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
      const { completed, abandoned } = lobby.getSnapshot().context;
      const { message } = fault;
      emit({ type: 'lobby.ended', reason: 'failed', message, completed, abandoned, fault });
      end(errorOfFault(fault));
    },
  });

  /** A machine that fails does not stop its children: they are ended here, each with its result. */
  function cutOrphans(): void {
    for (const match of liveMatches(lobby.getSnapshot()).values()) {
      match.send({ type: 'match.cut' });
      const result = match.getSnapshot().output?.result;
      if (result !== undefined) emit({ type: 'match.ended', matchId: result.matchId, result });
    }
  }

  // --- ended by the bot ---

  let refusal: ChipzenError | null = null;
  seated.onUnfit?.((error) => {
    if (ended) return;
    refusal = error;
    if (running) lobby.send({ type: 'agent.cut' });
    else end(error);
  });

  seated.onUnmade?.(({ message, cause }) => {
    if (running && !ended) lobby.send({ type: 'agent.unfit', message, cause });
  });

  // --- ended by the caller ---

  /** Who leaves the lobby with a place in the queue may miss a match that is on its way. */
  function stopGently(graceMs?: number): void {
    const leaving = dates?.leaveQueue() ?? null;
    const go = (): void => {
      if (!ended) lobby.send({ type: 'agent.stop', ...(graceMs !== undefined && { graceMs }) });
    };
    if (leaving === null) go();
    else void leaving.then(go);
  }

  /** Not counted as a call of `stop`: a program that aborts the signal and then awaits `stop()` wants the grace. */
  function abort(): void {
    if (ended) return;
    if (running) stopGently();
    else end(null);
  }

  // --- begun ---

  const tellChange = (change: CodeChange): void => emit({ type: 'code.changed', ...change });

  function run(): void {
    if (ended) return;
    running = true;
    unfollow = seated.followCode?.(tellChange) ?? null;
    witnesses.plays();
    lobby.start();
    dates?.begin();
    if (signal?.aborted) abort();
  }

  /** What can take a while: the bot is made, files are opened, the fixtures are asked for. */
  function prepare(): Promise<void>[] {
    const opening = store.open();
    return [
      // A bot that cannot be made ends the session before it costs a match.
      opening?.then(() => seated.prepare?.()) ?? seated.prepare?.(),
      witnesses.prepare(),
      dates?.prepare(beginning.signal),
    ].filter((one) => one !== undefined);
  }

  /** What only one session at a time can have. */
  const possess = () => Promise.all([dates?.claim(), witnesses.claim()]);

  return {
    done,
    get hasEnded() {
      return ended;
    },
    start() {
      if (started) return done;
      started = true;
      if (signal) forgetSignal = onAbort(signal, abort);
      witnesses.begin();
      reports.begin();
      parts.tellFirst();
      const preparing = prepare();
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
    async stop(graceMs) {
      stops += 1;
      if (!running && !ended) end(null);
      if (!ended) {
        if (stops > 1 || graceMs === 0) lobby.send({ type: 'agent.cut' });
        else stopGently(graceMs);
      }
      started = true;
      await done.catch(() => undefined);
    },
  };
}
