import type { InspectionEvent, Observer } from 'xstate';
import type { LobbyActor } from '../../machines/lobby.js';
import type { RetryPolicy } from '../../machines/retry.js';
import type { TimedAgentEvent } from '../../protocol/events.js';
import type { WireFrame } from '../../protocol/frames.js';
import type { MatchResult } from '../../protocol/results.js';
import type { Isolation } from './isolation.js';

/** The platform's deployments. */
export type Environment = 'prod' | 'staging' | 'local';

/** `[external_api]` of a `chipzen.toml`; fields the file does not have are null. */
export interface ChipzenConfig {
  /** The file it was read from. */
  path: string;
  token: string | null;
  url: string | null;
  botId: string | null;
}

/** Options of `runExternalBot` and `createAgent`. All may be left out but what the token and the URL come from. */
export interface AgentOptions {
  /**
   * The bot's id on the platform; makes the lobby URL together with `env`. Default: `CHIPZEN_BOT_ID`, then
   * `chipzen.toml`.
   */
  botId?: string | undefined;
  /** Default: the address in `CHIPZEN_BASE_URL`, then `CHIPZEN_ENV`, then `prod`. */
  env?: Environment | undefined;
  /** Whole lobby URL, instead of `botId` and `env`. Default: `CHIPZEN_LOBBY_URL`, then `chipzen.toml`. */
  url?: string | undefined;
  /** `cz_extbot_...`; default: `CHIPZEN_EXTBOT_TOKEN`, then `chipzen.toml`. */
  token?: string | undefined;
  /** A configuration that was loaded before; null means none and no discovery. Default: `loadChipzenConfig()`. */
  config?: ChipzenConfig | null | undefined;
  /**
   * Pace and number of reconnects, as far as it names them; by default a lobby that was reached is dialed for ever, and a
   * match for as long as its seat may be held.
   */
  retryPolicy?: RetryPolicy | undefined;
  /** Told to the gateway, at most 64 characters. Default: `chipzen-agent`. */
  clientName?: string | undefined;
  /** Told to the gateway, at most 32 characters. Default: this package's version. */
  clientVersion?: string | undefined;
  /** When false, the bot's first error ends the session. Default: true. */
  safeMode?: boolean | undefined;
  /**
   * How long before the server's clock runs out the agent answers in the bot's place, in ms; at most half of the clock
   * is taken. Default: what the measured round trips and the machine need.
   */
  marginMs?: number | undefined;
  /**
   * `process`: each match's bot runs in a process of its own, so that whatever it does hurts neither the connections nor the
   * other matches. `worker`: in a thread of its own, which takes less memory; a bot that outgrows it, or crashes native code,
   * can end everything. For both the bot has to be given as a `BotModule`. `none`: all bots run on the agent's thread.
   * Default: `process` for a `BotModule`, `none` for everything else.
   */
  isolate?: Isolation | undefined;
  /**
   * Most memory of one bot in MB, from 16 on. In a process: of its heap, and with 128 MB more of all that it has (the
   * kernel keeps to that on Linux); default: a quarter of the machine's, 256 to 4096. In a thread: of its heap alone;
   * default: what Node allows a process.
   */
  workerMemoryMb?: number | undefined;
  /** End after this many matches have their results. Default: no end. */
  maxMatches?: number | undefined;
  /**
   * How long a lobby that was reached before may answer nothing but HTTP 401, 403 or 404 before the session ends, in ms.
   * Default: 600000. Live matches are played to their end also then.
   */
  lobbyRefusedMs?: number | undefined;
  /** Printable ASCII text. Default: `chipzen-agent/VERSION`. */
  userAgent?: string | undefined;
  /** All games the bot plays, as the platform names them, `poker` included. Default: poker only. */
  supportedGames?: string[] | undefined;
  /** How long live matches may go on when the session is stopped, evicted or fails, in ms. Default: 5000. */
  drainGraceMs?: number | undefined;
  /**
   * How many results are kept in memory, the newest; `Infinity`: all. Never more than 64 MiB of them. Default: all with
   * `maxMatches`, else 1000.
   */
  keepResults?: number | undefined;
  /** Aborting it stops the agent as `stop()` does. */
  signal?: AbortSignal | undefined;
  /** An inspector of XState, for instance `(await createInspectorBridge()).inspect`. What it throws is contained. */
  inspect?: (Observer<InspectionEvent> | ((event: InspectionEvent) => void)) | undefined;
  /** Called with each event; what it throws is contained. */
  onEvent?: ((event: TimedAgentEvent) => void) | undefined;
  /** Called with each frame, as `Agent.onFrame` does; what it throws is contained. */
  onFrame?: ((frame: WireFrame) => void) | undefined;
}

/** A running agent. */
export interface Agent {
  /** Begins the session; a second call changes nothing. Returns `done`. */
  start(): Promise<MatchResult[]>;
  /**
   * Ends the session: takes no more matches and gives live ones `graceMs` (default: `drainGraceMs`); called again
   * (or with `graceMs: 0`) it cuts them at once. Resolves when the session is over, also one that failed.
   */
  stop(options?: { graceMs?: number }): Promise<void>;
  /** The lobby actor: subscribe to it, read its snapshot, open it in an inspector. */
  readonly actor: LobbyActor;
  /** Subscribes to all events; returns the function that ends the subscription. */
  on(listener: (event: TimedAgentEvent) => void): () => void;
  /**
   * Subscribes to the frames of the lobby and of all matches, in both directions and in the order in which they went over the
   * wire; returns the function that ends the subscription. Begun at any time, it tells what comes from then on.
   *
   * A frame that comes is told before anything is done about it, as the agent reads it: fields that are none are gone, and
   * what is no frame at all is told by `frame.ignored` events only. A frame of ours is told when it has left. In none of them
   * is a credential; where one was, or was echoed by the server, stands `[token]`. All listeners get the same copy, frozen in
   * depth: to change one is an error, and nothing in it is shared with the machines or the bot.
   *
   * What a listener throws is contained: its first failure is reported as a `config.warning`, and it goes on being called.
   * While nobody listens, frames cost nothing; else each one costs a copy of itself.
   */
  onFrame(listener: (frame: WireFrame) => void): () => void;
  /** The results when the session is over; rejects with a `ChipzenError` that carries the results so far. */
  readonly done: Promise<MatchResult[]>;
}
