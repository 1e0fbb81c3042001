import type { InspectionEvent, Observer } from 'xstate';
import type { LobbyActor } from '../../machines/lobby.js';
import type { QueueActor } from '../../machines/queue.js';
import type { RetryPolicy } from '../../machines/retry.js';
import type { SeasonActor } from '../../machines/season.js';
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

/** How matches are recorded (docs/records.md). */
export interface RecordOptions {
  /** The folder; it is made where it does not exist. */
  folder: string;
  /** What you call this version of the bot, to tell versions apart later. Default: none. */
  label?: string | undefined;
  /** The most that all recordings of the folder take, in MB: the oldest are removed. Default: 4096. */
  sizeMb?: number | undefined;
  /** Recordings of matches that began longer ago are removed. Default: `Infinity`, none is. */
  days?: number | undefined;
  /** So many recordings of matches are kept, the newest. Default: `Infinity`. */
  keep?: number | undefined;
}

/** How a season is kept (docs/operating.md). */
export interface SeasonKeeping {
  /** When a fixture begins that nobody else knows of, epoch ms: for a dry run. Default: none. */
  dryRunAt?: number | undefined;
}

/** Where metrics are served (docs/operating.md). */
export interface MetricsOptions {
  /** 0 takes any free port. Default: 9464. */
  port?: number | undefined;
  /** The address to listen on. Any other than a loopback address shows them to other machines. Default: 127.0.0.1. */
  host?: string | undefined;
}

/** How the queue is kept (docs/operating.md). */
export interface QueueOptions {
  /** Matches of the queue in a day; more are not asked for until 00:00 UTC. Default: as many as the day has. */
  matches?: number | undefined;
  /** So many live matches do not keep the bot from the queue. Default: 0. */
  whileLive?: number | undefined;
}

/** Options of `runExternalBot` and `createAgent`. All are optional, but a token and a URL must come from somewhere. */
export interface AgentOptions {
  /**
   * The bot's id on the platform. With `env` it gives the lobby URL. Default: `CHIPZEN_BOT_ID`, then `chipzen.toml`.
   */
  botId?: string | undefined;
  /** Default, also for null: the address in `CHIPZEN_BASE_URL`, then `CHIPZEN_ENV`, then `prod`. */
  env?: Environment | null | undefined;
  /** Whole lobby URL, instead of `botId` and `env`. Default: `CHIPZEN_LOBBY_URL`, then `chipzen.toml`. */
  url?: string | undefined;
  /** `cz_extbot_...`; default, also for null: `CHIPZEN_EXTBOT_TOKEN`, then `chipzen.toml`. */
  token?: string | null | undefined;
  /**
   * A configuration that was loaded before; null: no configuration, and no file is looked for. Default:
   * `loadChipzenConfig()`.
   */
  config?: ChipzenConfig | null | undefined;
  /**
   * Pace and number of reconnects. What it does not name has no limit: a lobby that was reached is dialed for ever,
   * and a match for as long as its seat may be held.
   */
  retryPolicy?: RetryPolicy | undefined;
  /** The client name sent to the gateway, at most 64 characters. Default: `chipzen-agent`. */
  clientName?: string | undefined;
  /** The client version sent to the gateway, at most 32 characters. Default: this package's version. */
  clientVersion?: string | undefined;
  /** When false, the bot's first error ends the session. Default: true. */
  safeMode?: boolean | undefined;
  /**
   * How long before the server's clock runs out the agent answers for the bot, in ms; at most half of the clock.
   * Default: measured from the round trips and the delays of this machine.
   */
  marginMs?: number | undefined;
  /**
   * `process`: each match's bot runs in a process of its own, so that nothing it does harms the connections or the
   * other matches. `worker`: in a thread of its own, which takes less memory, but a bot that uses too much memory or
   * crashes in native code can end the whole process. Both need the bot as a `BotModule`. `none`: all bots run on the
   * agent's thread. Default: `process` for a `BotModule`, `none` for everything else.
   */
  isolate?: Isolation | undefined;
  /**
   * The most memory of one bot in MB, at least 16. In a process it limits the heap, and with 128 MB more all of its
   * memory (enforced by the kernel on Linux); default: a quarter of the machine's memory, from 256 to 4096. In a
   * thread it limits the heap only; default: what Node allows a process.
   */
  workerMemoryMb?: number | undefined;
  /**
   * Takes the code of a `BotModule` anew when one of its files is saved, for the next matches; what cannot be loaded is
   * not taken. Default: false, the code that was started plays to the end of the session. Not with `isolate: 'none'`.
   */
  watch?: boolean | undefined;
  /** Ends the session when so many matches have their results. Default, also for null: no end. */
  maxMatches?: number | null | undefined;
  /**
   * How long a lobby that was reached before may answer nothing but HTTP 401, 403 or 404 before the session ends, in
   * ms. Default: 600000. Live matches are still played to their end.
   */
  lobbyRefusedMs?: number | undefined;
  /**
   * Keeps the bot's fixtures: it is in the lobby from 12 minutes before each of them until its match is over, or for 40
   * minutes after its mark, and else out of it unless `enterLobby()` was called. What is known is kept in `~/.chipzen` over
   * restarts. Default: false.
   */
  season?: boolean | SeasonKeeping | undefined;
  /**
   * Keeps the bot in the queue for rated matches: never while a match is live, nor from 15 minutes before a fixture until it
   * is served, nor beyond what the day has. It reads the fixtures for that, and keeps them as `season` does. Default: false.
   */
  queue?: boolean | QueueOptions | undefined;
  /** Takes the challenges of other bots: of all, or of those with these names. Others are declined. Default: none are looked for. */
  accept?: 'all' | readonly string[] | undefined;
  /**
   * Matches that the platform allows in a day (00:00 to 24:00 UTC), of queue, challenges and house bots together; null: no
   * limit. Default: 20, those of the free tier.
   */
  matchesPerDay?: number | null | undefined;
  /**
   * Hours that the bot may be in its lobby in a day for anything but fixtures, for which a reserve is kept; null: no limit.
   * Default: 8, those of the free tier.
   */
  lobbyHours?: number | null | undefined;
  /**
   * The file that counts the day: matches, lobby hours, dials. Default: one in `~/.chipzen` for each bot and lobby, with
   * `season`, `queue`, `accept`, `matchesPerDay` or `lobbyHours`; without any of these nothing is counted.
   */
  dayBook?: string | undefined;
  /** Begins out of the lobby: `enterLobby()` dials it. Default: false; true with `season`, `queue` or `accept`. */
  startAway?: boolean | undefined;
  /**
   * `take`: has the lobby from a running session of the same bot on this machine, which then plays its live matches to their
   * end; without one it just starts. `listen`: only be found by a later session that does so (docs/operating.md). Default:
   * neither.
   */
  handover?: 'take' | 'listen' | undefined;
  /** Printable ASCII text. Default: `chipzen-agent/VERSION`. */
  userAgent?: string | undefined;
  /** All games the bot plays, as the platform names them, `poker` included. Default: poker only. */
  supportedGames?: string[] | undefined;
  /** How long live matches may go on when the session is stopped, evicted or fails, in ms. Default: 5000. */
  drainGraceMs?: number | undefined;
  /**
   * How many of the newest results are kept in memory; `Infinity`: all. Never more than 64 MiB. Default: all with
   * `maxMatches`, else 1000.
   */
  keepResults?: number | undefined;
  /**
   * Records every match in this folder: frames, events, decisions and what played, a file for each match, and the results
   * in `results.jsonl`. Never the token. Default: nothing is recorded.
   */
  record?: string | RecordOptions | undefined;
  /**
   * The file in which the bot keeps what it sets in its `store`, for later sessions (docs/store.md). One agent at a time has
   * it. Not for bots at workers: each worker has its own. Default: the store ends with the session.
   */
  store?: string | undefined;
  /**
   * A file that says how the session stands, for `chipzen-agent status` and other monitors (docs/operating.md): written whole,
   * once a second at most and every ten at least. Never the token. Default: there is none.
   */
  status?: string | undefined;
  /**
   * Serves metrics for Prometheus, and `/healthz`, `/readyz` and `/livez` for monitors (docs/operating.md), while the session
   * runs: on port 9464 of this machine (`true`), on this port, or as `MetricsOptions` say. Read only, without a secret. The
   * event `metrics.listening` has the address. Default: false.
   */
  metrics?: boolean | number | MetricsOptions | undefined;
  /**
   * Whom to tell of what somebody must know who looks at no screen (docs/operating.md): URLs that get a POST of JSON, and
   * commands for the shell that get it on their standard input. Never the token. Default: nobody.
   */
  notify?: string | readonly string[] | undefined;
  /** Aborting it stops the agent as `stop()` does. */
  signal?: AbortSignal | undefined;
  /** An inspector of XState, for instance `(await createInspectorBridge()).inspect`. What it throws is caught. */
  inspect?: (Observer<InspectionEvent> | ((event: InspectionEvent) => void)) | undefined;
  /** Called with each event. What it throws is caught. */
  onEvent?: ((event: TimedAgentEvent) => void) | undefined;
  /** Called with each frame, as `Agent.onFrame` does. What it throws is caught. */
  onFrame?: ((frame: WireFrame) => void) | undefined;
}

/** A running agent. */
export interface Agent {
  /** Begins the session. A second call does nothing. Returns `done`. */
  start(): Promise<MatchResult[]>;
  /**
   * Ends the session: takes no more matches and gives live ones `graceMs` (default: `drainGraceMs`). A second call,
   * or `graceMs: 0`, cuts them at once. Resolves when the session is over, also when it failed.
   */
  stop(options?: { graceMs?: number }): Promise<void>;
  /**
   * Leaves the lobby, where no match is announced then, unless a fixture is near; live matches go on. `enterLobby` dials it
   * again. It changes nothing once the session ends.
   *
   * @param why for reports: the end of the sentence `out of the lobby: ...`. Default: `told to stay out`.
   */
  leaveLobby(why?: string): void;
  /** Dials the lobby that was left, and stays in it until `leaveLobby`. Changes nothing once the session ends. */
  enterLobby(): void;
  /** The actor of the season keeper; null without one. */
  readonly season: SeasonActor | null;
  /** The actor of the queue keeper; null without `queue` and `accept`. */
  readonly queue: QueueActor | null;
  /** The lobby actor: subscribe to it, read its snapshot, open it in an inspector. */
  readonly actor: LobbyActor;
  /** Subscribes to all events; returns the function that ends the subscription. */
  on(listener: (event: TimedAgentEvent) => void): () => void;
  /**
   * Subscribes to the frames of the lobby and of all matches, in both directions and in the order in which they went
   * over the wire; returns the function that ends the subscription. The listener gets the frames from then on.
   *
   * A received frame is reported before anything is done about it, as the agent has decoded it: fields of a wrong
   * type are removed, and text that is not a frame is reported only as a `frame.ignored` event. A frame of the agent
   * is reported when it has been sent. Frames contain no credentials: `[token]` stands in their place, also where the
   * server echoed one. All listeners get the same copy, which is deeply frozen: changing it is an error, and it
   * shares nothing with the machines or the bot.
   *
   * What a listener throws is caught: its first failure is reported as a `config.warning`, and it is still called.
   * Without a listener, frames cost nothing; with one, each frame is copied once.
   */
  onFrame(listener: (frame: WireFrame) => void): () => void;
  /** The results when the session is over; rejects with a `ChipzenError` that carries the results so far. */
  readonly done: Promise<MatchResult[]>;
}
