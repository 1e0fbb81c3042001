/** Which proxy the environment names for a URL (docs/protocol.md 8.1). */
import { BlockList, isIP } from 'node:net';
import { inspect } from 'node:util';
import { ConfigError } from '../protocol/errors.js';
import type { AgentEvent } from '../protocol/events.js';
import { isLoopback } from '../protocol/loopback.js';
import type { EnvironmentVariables } from './environment-variables.js';

/** The first one that is set decides. The lower-case name of each is read first. */
const variables = ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY'] as const;

const defaultPorts: Readonly<Record<string, string>> = {
  'wss:': '443',
  'ws:': '80',
  'https:': '443',
  'http:': '80',
};

/** An HTTP proxy that is asked for a tunnel with CONNECT. */
export interface Proxy {
  /** `http://HOST:PORT` or `https://HOST:PORT`, without its user and password: this may be shown. */
  url: string;
  /** The name of the variable, as it was found. */
  variable: string;
  /** The value of `Proxy-Authorization`; null when the proxy asks for none. Kept out of what is printed. */
  authorization: string | null;
}

/**
 * The proxy for this URL according to `HTTPS_PROXY`, `ALL_PROXY`, `HTTP_PROXY` and `NO_PROXY`; null: no proxy.
 * Loopback is never reached through a proxy.
 *
 * @throws {ConfigError} when the variable that decides does not name an HTTP proxy. Its value is not quoted.
 */
export function proxyFor(url: string, env: EnvironmentVariables = process.env): Proxy | null {
  const target = new URL(url);
  if (isLoopback(target.hostname)) return null;
  const found = variables.map((name) => variableOf(name, env)).find((variable) => variable !== null);
  if (!found || isExcepted(target, variableOf('NO_PROXY', env)?.value ?? '')) return null;
  return readProxy(found, target);
}

/** The event that reports the proxy once. */
export function reportOfProxy({ url, variable }: Proxy): Extract<AgentEvent, { type: 'config.proxy' }> {
  return { type: 'config.proxy', proxy: url, variable };
}

interface Variable {
  name: string;
  value: string;
}

function variableOf(name: string, env: EnvironmentVariables): Variable | null {
  for (const spelled of [name.toLowerCase(), name]) {
    const value = env[spelled]?.trim();
    if (value) return { name: spelled, value };
  }
  return null;
}

function readProxy({ name, value }: Variable, target: URL): Proxy {
  const refuse = (why: string): never => {
    throw new ConfigError(
      `${name} ${why}. Give one like http://HOST:PORT, or put ${target.hostname} into NO_PROXY to connect without a proxy.`,
      { field: name },
    );
  };
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(text)) return refuse('is not the URL of a proxy');
  const url = new URL(text);
  if (url.protocol.startsWith('socks'))
    return refuse('names a SOCKS proxy, and only HTTP proxies are understood');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse('is not the URL of an HTTP proxy');
  const port = url.port || (defaultPorts[url.protocol] ?? '');
  const shown = { url: `${url.protocol}//${url.hostname}:${port}`, variable: name };
  const hidden = { value: () => shown };
  return Object.defineProperties(
    { ...shown, authorization: authorizationOf(url, refuse) },
    { toJSON: hidden, [inspect.custom]: hidden },
  );
}

function authorizationOf({ username, password }: URL, refuse: (why: string) => never): string | null {
  if (username === '' && password === '') return null;
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(credentials).toString('base64')}`;
  } catch {
    return refuse('has a user or password that is not encoded as in a URL (a % is written %25)');
  }
}

// --- NO_PROXY ---

/** A name includes its subdomains, an address may be a network, `*` is everything; a port narrows an entry. */
function isExcepted(target: URL, list: string): boolean {
  const host = bare(target.hostname);
  const port = target.port || defaultPorts[target.protocol];
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '') return false;
      if (entry === '*') return true;
      const [, name = entry, ownPort = port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
      return ownPort === port && (isWithin(host, bare(name)) || isBelow(host, bare(name)));
    });
}

/** The host without the brackets of an IPv6 address and without the trailing dot. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]/, '$1').replace(/\.$/, '');
}

function isBelow(host: string, name: string): boolean {
  const suffix = name.replace(/^\*?\./, '');
  return suffix !== '' && (host === suffix || (isIP(host) === 0 && host.endsWith(`.${suffix}`)));
}

function isWithin(host: string, network: string): boolean {
  const [address = '', bits, ...rest] = network.split('/');
  const family = isIP(address);
  const maxBits = family === 4 ? 32 : 128;
  const length = bits === undefined ? maxBits : Number(bits || Number.NaN);
  if (family === 0 || rest.length > 0 || !Number.isInteger(length) || length < 0 || length > maxBits)
    return false;
  if (isIP(host) !== family) return false;
  const networks = new BlockList();
  networks.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
  return networks.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
