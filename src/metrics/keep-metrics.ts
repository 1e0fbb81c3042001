/** The metrics of an agent, from its events to the port on which they are served. */
import type { AgentOptions, MetricsOptions } from '../io/settings/agent-options.js';
import type { TimedAgentEvent } from '../protocol/events.js';
import type { Times } from '../time/clock.js';
import { type HealthFacts, healthOf, livenessOf, readinessOf } from './health.js';
import { createMetricSet, type MetricSet } from './metric-set.js';
import { type MetricsServer, openMetricsServer } from './metrics-server.js';
import { addProcessMetrics } from './process-metrics.js';
import { createSessionMetrics, type SessionMetrics } from './session-metrics.js';

const defaults = {
  host: '127.0.0.1',
  /** Where exporters of OpenTelemetry listen, too. */
  port: 9464,
  maxEarly: 1_000,
} as const;

export interface MetricsKeeperOptions extends Times {
  metrics: Exclude<AgentOptions['metrics'], false | undefined>;
}

export interface MetricsKeeper {
  /**
   * Serves them until `close`.
   *
   * @returns where: `http://127.0.0.1:9464/metrics`.
   * @throws {OptionError} when the port cannot be opened.
   */
  open(): Promise<string>;
  readonly onEvent: (event: TimedAgentEvent) => void;
  /** A frame of the lobby has come. */
  onLobbyFrame(): void;
  close(): Promise<void>;
}

interface Served {
  metrics: MetricSet;
  counted: SessionMetrics;
  server: MetricsServer;
}

/** What is counted of a session. Nothing is loaded before `open`: it takes longer than the rest of an agent. */
export function keepMetrics({ metrics: option, wallNow }: MetricsKeeperOptions): MetricsKeeper {
  const { port = defaults.port, host = defaults.host } = placeOfMetrics(option);
  const startedAt = Math.round(wallNow());
  let since = startedAt;
  let served: Served | null = null;
  let opening: Promise<Served> | null = null;
  /** What came before they were open: the day, fixtures, warnings. */
  const early: TimedAgentEvent[] = [];

  function countWith(client: typeof import('prom-client')): Omit<Served, 'server'> {
    const metrics = createMetricSet(client);
    addProcessMetrics(client, metrics.registry);
    return { metrics, counted: createSessionMetrics(metrics, startedAt) };
  }

  async function serve(): Promise<Served> {
    const client = await import('prom-client');
    const { metrics, counted } = served ?? countWith(client);
    const factsNow = (): HealthFacts => ({
      session: counted.session,
      now: Math.round(wallNow()),
      startedAt,
      since,
      lastLobbyFrameAt: counted.lastLobbyFrameAt,
    });
    const server = await openMetricsServer({
      port,
      host,
      contentType: metrics.registry.contentType,
      metrics() {
        counted.refresh(Math.round(wallNow()));
        return metrics.registry.metrics();
      },
      health: {
        '/healthz': () => healthOf(factsNow()),
        '/readyz': () => readinessOf(factsNow()),
        '/livez': () => livenessOf(factsNow()),
      },
    });
    served = { metrics, counted, server };
    for (const event of early.splice(0)) count(event, counted);
    return served;
  }

  function count(event: TimedAgentEvent, counted: SessionMetrics): void {
    const { phase } = counted.session.lobby;
    counted.onEvent(event);
    if (counted.session.lobby.phase !== phase) since = Math.round(event.at);
  }

  return {
    async open() {
      opening = serve();
      const { server } = await opening;
      return `${server.origin}/metrics`;
    },
    onEvent(event) {
      if (served !== null) count(event, served.counted);
      else if (early.length < defaults.maxEarly) early.push(event);
    },
    onLobbyFrame: () => served?.counted.onLobbyFrame(Math.round(wallNow())),
    async close() {
      const opened = await opening?.catch(() => null);
      await opened?.server.close();
    },
  };
}

function placeOfMetrics(option: MetricsKeeperOptions['metrics']): MetricsOptions {
  if (typeof option === 'number') return { port: option };
  return typeof option === 'object' ? option : {};
}
