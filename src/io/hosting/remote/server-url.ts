import { OptionError } from '../../../protocol/errors.js';

/** A NATS server, or several of one cluster, with the credentials from the URL. */
export interface ServerAddress {
  servers: string[];
  /** The URL without credentials, for output. */
  shown: string;
  isEncrypted: boolean;
  user?: string;
  pass?: string;
  token?: string;
}

/**
 * Reads `nats://[user:password@|token@]host[:port]` or `tls://...`, also several with commas between them.
 *
 * @throws {OptionError} for anything else. The message does not quote it, because it may contain a password.
 */
export function parseServerUrl(text: string): ServerAddress {
  const urls = text.split(',').map((part) => parseOne(part.trim()));
  const [first] = urls;
  if (first === undefined) throw notServer();
  const user = decoded(first.username);
  const pass = decoded(first.password);
  return {
    servers: urls.map(({ host }) => host),
    shown: urls.map(({ protocol, host }) => `${protocol}//${host}`).join(','),
    isEncrypted: urls.some(({ protocol }) => protocol === 'tls:'),
    ...(user !== '' && (pass === '' ? { token: user } : { user, pass })),
  };
}

function parseOne(text: string): URL {
  if (!URL.canParse(text)) throw notServer();
  const url = new URL(text);
  const isServer = url.protocol === 'nats:' || url.protocol === 'tls:';
  if (!isServer || url.hostname === '' || !['', '/'].includes(url.pathname)) throw notServer();
  return url;
}

function decoded(credential: string): string {
  try {
    return decodeURIComponent(credential);
  } catch {
    throw new OptionError(
      'nats',
      'A percent sign in the credentials of --nats begins a code of two digits; write %25 for the sign itself.',
    );
  }
}

function notServer(): OptionError {
  return new OptionError('nats', 'Give the NATS server as nats://HOST:PORT, or tls://HOST:PORT.');
}

/** @throws {OptionError} for a name that cannot be part of a subject. */
export function checkName(name: string): string {
  if (/^[\w-]{1,64}$/.test(name)) return name;
  throw new OptionError(
    'nats-name',
    'The name that workers are found by is of letters, digits, - and _, at most 64.',
  );
}
