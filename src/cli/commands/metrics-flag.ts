/** `--metrics [ADDRESS]` of `run`. */
import { type Command, InvalidArgumentError } from 'commander';
import type { MetricsOptions } from '../../io/settings/agent-options.js';
import { port } from './arguments.js';

/** True: the usual port of this machine. */
export type MetricsFlag = MetricsOptions | true;

export function addMetricsFlag(command: Command): Command {
  return command.option(
    '--metrics [address]',
    'serve metrics for Prometheus, and /healthz and /readyz, on [HOST:]PORT (default: 127.0.0.1:9464)',
    metricsAddress,
  );
}

/** `9464`, `0.0.0.0:9464`, `[::1]:9464`. */
export function metricsAddress(text: string): MetricsOptions {
  const { host, digits } = /^(?:(?<host>\[[^\]]+\]|[^:]+):)?(?<digits>\d+)$/.exec(text)?.groups ?? {};
  if (digits === undefined)
    throw new InvalidArgumentError('Give a port, or HOST:PORT, such as 9464 or 0.0.0.0:9464.');
  return { port: port(digits), ...(host !== undefined && { host: host.replace(/^\[|\]$/g, '') }) };
}
