import { isObject } from '../../../protocol/checks.js';
import { OptionError } from '../../../protocol/errors.js';
import { checkName, parseServerUrl } from './server-url.js';

const defaults = { name: 'bot' } as const;

/** A bot that plays at workers on any number of machines: `chipzen-agent worker <bot file> --nats URL`. */
export interface RemoteBot {
  /**
   * The NATS server, `nats://[user:password@]host[:port]`, `nats://TOKEN@...` or `tls://...`, several of one cluster with
   * commas between them. Needs the package `@nats-io/transport-node`.
   */
  nats: string;
  /**
   * The name of the bot that the workers have (`--nats-name`): 1 to 64 letters, digits, `-` and `_`. Default: `bot`.
   */
  name?: string | undefined;
}

export function isRemoteBot(value: unknown): value is RemoteBot {
  return isObject(value) && 'nats' in value && !('decide' in value);
}

/** @throws {OptionError} for a URL or a name that cannot be used. */
export function checkRemoteBot({ nats, name = defaults.name }: RemoteBot): { url: string; name: string } {
  if (typeof nats !== 'string') throw new OptionError('nats', 'The NATS server of a bot must be text.');
  if (typeof name !== 'string') throw new OptionError('nats-name', 'The name of a bot must be text.');
  parseServerUrl(nats);
  return { url: nats, name: checkName(name) };
}
