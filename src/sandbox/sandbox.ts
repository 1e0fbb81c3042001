/** The local platform: lobby, gateway, tables and HTTP behind one port. */

import { type ChaosProxy, createChaosProxy } from '../chaos/chaos-proxy.js';
import { postsOf } from '../holdem/blinds.js';
import { defaultHouseBot } from '../house/house-bot-names.js';
import { lobbyPath } from '../protocol/endpoint-paths.js';
import type { MatchEnd } from '../protocol/frames.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { createRecordBook } from '../records/record-book.js';
import { createTimers } from '../time/timers.js';
import { createControl } from './control.js';
import { createGateway } from './doors/gateway-door.js';
import { createLobby } from './doors/lobby-door.js';
import { createFront } from './doors/port-server.js';
import { createHttpApi } from './http/api.js';
import { createHttpPlatform, httpLimitsAt } from './http/http-platform.js';
import { createLobbyHours } from './http/lobby-hours.js';
import { createMatchBook } from './match/match-book.js';
import { createMatches, type DispatchOptions, type MatchSummary, type PlayOptions } from './match/matches.js';
import { createAccounts, type NewBot } from './memory/accounts.js';
import { compactJournal, digestOf } from './memory/journal-digest.js';
import { openStateFile, type StateFile } from './memory/state-file.js';
import { createPlatformFaults } from './platform-faults.js';
import type { Season } from './season/fixture-list.js';
import { createSeason } from './season/season-book.js';
import type { Control } from './terms/disturbances.js';
import type { NamedBot } from './terms/players.js';
import type { SandboxEvent } from './terms/sandbox-events.js';
import { type SandboxOptions, settingsOf } from './terms/sandbox-options.js';
import { dialectOf } from './wire/dialect.js';

const defaults = { opponent: defaultHouseBot } as const;

const termNames = { rated: true, decisionTimeoutMs: true } as const;

/** A running platform. */
export interface Sandbox {
  readonly port: number;
  /** `ws://127.0.0.1:PORT`. */
  readonly url: string;
  /** The seed of all cards and random numbers. */
  readonly seed: string;
  /**
   * Adds a bot that may log in.
   *
   * @throws {OptionError} for an id or token that cannot be used or is taken.
   * @throws {StateWriteError} when the state file cannot be written; there is no such bot then.
   */
  addBot(bot?: NewBot): { botId: string; token: string; lobbyUrl: string };
  /** The bots that may log in, each with its first token that is not revoked. */
  bots(): { botId: string; name: string; token: string; lobbyUrl: string }[];
  /**
   * Starts a match as soon as all of its remote bots are online. Resolves when the match is made. Rejects with an
   * `OptionError` for a player that does not exist, with a `StateWriteError` when the state file cannot be written (there is
   * no match then), and with an `Error` when the sandbox closes before.
   */
  dispatch(botId: string, options?: DispatchOptions): Promise<{ matchId: string }>;
  /** The same for any players, also without a remote one. */
  play(options: PlayOptions): Promise<{ matchId: string }>;
  /**
   * Adds fixtures of a season. Each opens at its time, waits up to 90 s for its bots, and is a walkover if one does not
   * come. Fixtures that nobody would wait for any more are left out.
   *
   * @returns how many were added, and how many were left out.
   * @throws {OptionError} for a fixture that cannot be played; then none is added.
   */
  schedule(season: Season): { scheduled: number; past: number };
  /** The live matches and the last ones that were played, the oldest first. */
  matches(): MatchSummary[];
  /** The last frame of a match when it is over; rejects for an unknown match and when the sandbox closes before. */
  result(matchId: string): Promise<MatchEnd>;
  /** Subscribes to all events; returns the function that ends the subscription. */
  on(listener: (event: SandboxEvent) => void): () => void;
  /** Disturbances for tests: drops, evictions, restarts, raw frames. */
  readonly control: Control;
  /**
   * Ends every connection and timer. Connections that are being closed already, after the end of a match, get
   * `drainMs` to receive their last frame (default: 0).
   */
  close(options?: { drainMs?: number }): Promise<void>;
}

/**
 * Opens a platform on this machine.
 *
 * @throws {OptionError} naming an option that cannot be used, or a state file that is in use or damaged.
 * @throws the system's own error, such as `EADDRINUSE`, when the port cannot be opened.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = settingsOf(options);
  const events = createEvents(options.onEvent);
  const { startingStack, smallBlind, bigBlind, ante, blindSchedule, maxHands } = settings;
  const state = await openStateFile(options.state, {
    terms: { startingStack, smallBlind, bigBlind, ante, blindSchedule, maxHands },
    compact: compactJournal,
    repair: settings.repairState,
    onRepaired: (message) => events.emit({ type: 'state.repaired', message }),
    onFailed: (message) => events.emit({ type: 'state.failed', message }),
    onRecovered: () => events.emit({ type: 'state.recovered' }),
  });
  try {
    return await openSandbox({ settings, events, state, guests: options.guests ?? [] });
  } catch (error) {
    await state.release();
    throw error;
  }
}

interface SandboxEvents {
  readonly emit: (event: SandboxEvent) => void;
  readonly on: (listener: (event: SandboxEvent) => void) => () => void;
  /** Emits nothing any more. */
  close(): void;
}

function createEvents(first: ((event: SandboxEvent) => void) | undefined): SandboxEvents {
  const listeners = new Set<(event: SandboxEvent) => void>();
  if (first !== undefined) listeners.add(first);
  let closed = false;

  function emit(event: SandboxEvent): void {
    if (closed) return;
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        // A listener that fails again on this event must not cause an endless loop.
        if (event.type !== 'platform.fault') emit({ type: 'platform.fault', where: 'listener', error });
      }
    }
  }

  return {
    emit,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
    },
  };
}

interface SandboxParts {
  settings: ReturnType<typeof settingsOf>;
  events: SandboxEvents;
  state: StateFile;
  guests: readonly NamedBot[];
}

async function openSandbox({ settings, events, state, guests }: SandboxParts): Promise<Sandbox> {
  const { emit } = events;
  const { journal } = state;
  let closing: Promise<void> | null = null;
  const timers = createTimers(settings.clock, (error) =>
    emit({ type: 'platform.fault', where: 'timer', error }),
  );
  const digest = digestOf(state.entries);
  const wallNow = () => timers.onWallClock(timers.now());
  const accounts = createAccounts(journal, wallNow);
  accounts.restore(digest);
  const book = createMatchBook();
  const lobbyHours = createLobbyHours(wallNow);
  events.on(lobbyHours.note);
  const records = createRecordBook({
    now: wallNow,
    keepHands: settings.keepHands,
    bigBlindOf: (hand) => postsOf(hand, settings, settings.blindSchedule).bigBlind,
  });
  const parts = {
    settings,
    timers,
    dialect: dialectOf(settings),
    accounts,
    book,
    journal,
    records,
    emit,
  };
  const lobby = createLobby(parts);
  const gateway = createGateway(parts);
  const matches = createMatches({ ...parts, announcer: lobby });
  const season = createSeason({ ...parts, played: digest.fixtures, lobby, matches });
  let url = '';
  const lobbyUrlOf = (botId: string) => url + lobbyPath(botId);
  const api = createHttpApi(
    createHttpPlatform({ ...parts, lobby, matches, lobbyHours, season, lobbyUrlOf }),
    httpLimitsAt(settings),
  );
  const front = createFront({
    ...parts,
    lobby,
    gateway,
    onRequest: api.handle,
    onForeign: api.refuseForeign,
  });
  const goOn = await matches.prepare(digest, guests);
  let proxy: ChaosProxy | null = null;
  let port = await front.listen(settings.chaos === null ? settings.port : 0);
  if (settings.chaos !== null) {
    try {
      proxy = await createChaosProxy({
        target: urlAt(settings.host, port),
        port: settings.port,
        host: settings.host,
        chaos: settings.chaos,
        seed: settings.seed,
        speed: settings.speed,
        maxConnections: settings.maxConnections,
        clock: settings.clock,
        platform: createPlatformFaults({ accounts, book, lobby, front, settings }),
        onEvent: (event) => emit({ type: 'chaos', event }),
      });
    } catch (error) {
      await front.close();
      throw error;
    }
    port = proxy.port;
  }
  url = urlAt(settings.host, port);
  /** Who plays where nobody is named. */
  const unnamed = Array.from({ length: settings.seats - 1 }, () => defaults.opponent);
  try {
    // Only now: whoever has the port already may be at work on the same file. No client is heard before this is done.
    state.begin();
    goOn();
  } catch (error) {
    await proxy?.close();
    await front.close();
    throw error;
  }

  return {
    port,
    url,
    seed: settings.seed,
    addBot(bot = {}) {
      refuseUnknown(bot, { name: true, botId: true, token: true }, 'addBot');
      const { bot: record, token } = accounts.addBot(bot);
      const { botId } = record;
      return { botId, token, lobbyUrl: lobbyUrlOf(botId) };
    },
    bots: () =>
      accounts.bots().flatMap((bot) => {
        const [first] = accounts.tokensOf(bot.botId);
        return first === undefined ? [] : [{ ...bot, token: first.token, lobbyUrl: lobbyUrlOf(bot.botId) }];
      }),
    dispatch(botId, options = {}) {
      refuseUnknown(options, { ...termNames, opponent: true, opponents: true }, 'dispatch');
      const { opponent, opponents, ...terms } = options;
      const others = opponents ?? (opponent === undefined ? unnamed : [opponent]);
      return matches.play({ ...terms, players: [{ botId }, ...others] });
    },
    play(options) {
      refuseUnknown(options, { ...termNames, players: true }, 'play');
      return matches.play(options);
    },
    schedule: season.schedule,
    matches: matches.list,
    result: matches.result,
    on: events.on,
    control: createControl({ accounts, book, lobby, front, matches, proxy }),
    close(options = {}) {
      refuseUnknown(options, { drainMs: true }, 'close');
      const { drainMs = 0 } = options;
      closing ??= Promise.resolve().then(() => shutDown(drainMs));
      return closing;
    },
  };

  async function shutDown(drainMs: number): Promise<void> {
    if (drainMs > 0) await front.drained(drainMs);
    events.close();
    await proxy?.close();
    const down = front.close();
    api.close();
    matches.close();
    timers.stop();
    lobby.close();
    await down;
    await state.release();
  }
}

/** The URL for programs on this machine: the wildcard addresses cannot be dialled. */
function urlAt(host: string, port: number): string {
  const dialled = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return `ws://${dialled.includes(':') ? `[${dialled}]` : dialled}:${port}`;
}
