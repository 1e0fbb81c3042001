/** What keeps or tells how a session goes: recordings, the status file, metrics and notices, from the options of an agent. */
import type { BotSource } from '../bot/bot.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import type { LoadedCode } from '../io/hosting/code/kept-files.js';
import type { RemoteBot } from '../io/hosting/remote/remote-bot.js';
import type { AgentOptions } from '../io/settings/agent-options.js';
import { withoutSecrets } from '../io/settings/config.js';
import type { Session } from '../io/settings/session.js';
import type { FrameRecorder } from '../io/sockets/frame-tap.js';
import { keepMetrics, type MetricsKeeper } from '../metrics/keep-metrics.js';
import { keepNotices } from '../notify/keep-notices.js';
import { apiAddressOf } from '../platform/api-address.js';
import type { AgentEvent, TimedAgentEvent } from '../protocol/events.js';
import { keepStatus, type StatusKeeper } from '../status/status-keeper.js';
import type { Times } from '../time/clock.js';
import { recordSession } from './record-session.js';
import type { SessionReports } from './session-reports.js';
import type { World } from './world.js';

export interface WitnessParts {
  bot: BotSource | BotModule | RemoteBot;
  session: Session;
  world: Pick<World, 'clock' | 'env' | 'loaded' | 'truePath'>;
  times: Times;
  /** The code of a bot in threads or processes; null for others. */
  playing: () => LoadedCode | null;
  emit: (event: AgentEvent) => void;
}

export interface Witnesses {
  /** Called with each event before any listener is: who hears of a result finds it recorded. */
  readonly record: ((event: TimedAgentEvent) => void) | undefined;
  readonly onFrame: FrameRecorder | undefined;
  /** Called with the match, or null for the lobby, of every frame that comes; undefined: nothing wants to know. */
  readonly onArrival: ((matchId: string | null) => void) | undefined;
  /** The port of the metrics is opened by `claim`. */
  readonly hasPort: boolean;
  listenTo(reports: SessionReports): void;
  begin(): void;
  /** Resolves when matches may be played. */
  prepare(): Promise<void> | undefined;
  /** The bot plays from now on. */
  plays(): void;
  /** Has the port of the metrics, which one session at a time can have, and tells where they are. */
  claim(): Promise<void>;
  /** A newer session has the lobby: the port is closed, and the status file is its as well. */
  give(): Promise<void>;
  takeBack(): Promise<void>;
  /** @param error what the session has ended with. */
  close(error: string | null): Promise<void>;
}

/** @throws {OptionError} for a folder or file that cannot be. */
export function composeWitnesses(options: AgentOptions, parts: WitnessParts): Witnesses {
  const { session, world, times, emit } = parts;
  const { clock, env } = world;
  const secret = session.token;
  const onTrouble = (message: string): void => emit({ type: 'config.warning', message });
  const { record, status: statusPath, metrics: served = false, notify = [] } = options;

  const recorder =
    record === undefined
      ? null
      : recordSession({
          ...times,
          clock,
          loaded: world.loaded,
          truePath: world.truePath,
          bot: parts.bot,
          record,
          env: session.env,
          variables: env,
          lobby: session.input.lobbyUrl,
          secret,
          playing: parts.playing,
          platform: { userAgent: session.userAgent, proxy: session.proxy },
          onRating: ({ matchId, rating, ratingDeviation: deviation }) =>
            emit({ type: 'rating.told', matchId, rating, deviation }),
          onEndTold: (end) => emit({ type: 'match.told', ...end }),
          onTrouble,
        });
  const status =
    statusPath === undefined ? null : keepStatus({ path: statusPath, clock, ...times, secret, onTrouble });
  const metrics = served === false ? null : keepMetrics({ metrics: served, ...times });
  const notices = keepNotices({
    targets: [notify].flat(),
    botId: apiAddressOf({ lobbyUrl: session.input.lobbyUrl }).botId,
    secret,
    env: withoutSecrets(env, secret),
    clock,
    onTrouble,
  });

  return {
    record: recorder?.onEvent,
    onFrame: recorder?.onFrame,
    onArrival: arrivalsFor(status, metrics),
    hasPort: metrics !== null,
    listenTo({ on }) {
      if (notify.length > 0) on(notices.onEvent);
      if (status !== null) on(status.onEvent);
      if (metrics !== null) on(metrics.onEvent);
    },
    begin: () => status?.begin(),
    prepare: () => recorder?.prepare(),
    plays: () => recorder?.plays(),
    async claim() {
      if (metrics !== null) emit({ type: 'metrics.listening', url: await metrics.open() });
    },
    async give() {
      status?.share(true);
      await metrics?.close();
    },
    async takeBack() {
      status?.share(false);
      await metrics?.open();
    },
    async close(why) {
      await recorder?.close();
      status?.close(why);
      await Promise.all([metrics?.close(), notices.close()]);
    },
  };
}

function arrivalsFor(status: StatusKeeper | null, metrics: MetricsKeeper | null): Witnesses['onArrival'] {
  if (metrics === null) return status?.onTraffic;
  return (matchId) => {
    status?.onTraffic();
    if (matchId === null) metrics.onLobbyFrame();
  };
}
