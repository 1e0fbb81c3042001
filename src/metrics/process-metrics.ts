/** What the process takes, under the names that Prometheus' own client libraries use; read when somebody asks. */
import type { Counter, Gauge, Registry } from 'prom-client';

type PromClient = Pick<typeof import('prom-client'), 'Counter' | 'Gauge'>;

const microsecondsPerSecond = 1_000_000;

/** Agents of one process tell the same. */
export function addProcessMetrics(
  { Counter: ACounter, Gauge: AGauge }: PromClient,
  registry: Registry,
): void {
  let told = 0;
  const cpu = new ACounter({
    name: 'process_cpu_seconds_total',
    help: 'CPU time of the process of the agent, without the processes of its bots.',
    registers: [],
    collect(this: Counter) {
      const { user, system } = process.cpuUsage();
      const seconds = (user + system) / microsecondsPerSecond;
      this.inc(Math.max(0, seconds - told));
      told = seconds;
    },
  });
  const memory = new AGauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process of the agent, without the processes of its bots.',
    registers: [],
    collect(this: Gauge) {
      this.set(process.memoryUsage.rss());
    },
  });
  for (const metric of [cpu, memory]) registry.registerMetric(metric);
}
