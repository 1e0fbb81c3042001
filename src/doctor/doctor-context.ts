/** What several checks need is found out once: each check waits for what it needs, and all run side by side. */
import { isIP } from 'node:net';
import type { Redact } from '../protocol/redact.js';
import { within } from '../time/time-limit.js';
import { type ServerAnswer, ServerSilence } from './ask-server.js';
import type { DoctorPorts, HostAddress } from './doctor-ports.js';
import type { DoctorFinding } from './finding.js';
import type { ReadSettings } from './read-settings.js';

export const doctorLimits = {
  lookupMs: 5_000,
  connectMs: 5_000,
  serverMs: 10_000,
  accountMs: 10_000,
  lobbyMs: 15_000,
  natsMs: 8_000,
} as const;

export type DoctorLimits = { [Name in keyof typeof doctorLimits]: number };

/** Where TCP connections go: to the server, or to the proxy in front of it. */
export interface Door {
  host: string;
  port: number;
  isProxy: boolean;
}

export interface DoctorContext {
  settings: ReadSettings;
  ports: DoctorPorts;
  limits: DoctorLimits;
  /** Aborted when the report is done. */
  signal: AbortSignal;
  /** Takes secrets out of text. */
  redact: Redact;
  /** Whether to log in to the lobby. */
  connects: boolean;
  /** Null when no address is known, or the proxy cannot be read. */
  door: Door | null;
  /** @throws the error of the lookup. */
  addresses: () => Promise<HostAddress[]>;
  /** Several answers, one after the other. @throws {ServerSilence} */
  answers: () => Promise<ServerAnswer[]>;
}

/** One check. What it throws is a defect, and is reported as such. */
export type Check = (context: DoctorContext) => Promise<DoctorFinding[]> | DoctorFinding[];

interface ContextOptions extends Pick<DoctorContext, 'settings' | 'ports' | 'limits' | 'signal' | 'redact'> {
  connects: boolean;
}

/** So many requests give the clock of the server closer than one. */
const questions = 3;

/** Whoever was told to give up says by itself how far it came, if it is given this time. */
const lateMs = 250;

export function createContext(options: ContextOptions): DoctorContext {
  const { settings, ports, limits, signal } = options;
  const door = doorOf(settings);

  const answers = async (): Promise<ServerAnswer[]> => {
    const { server, proxy } = settings;
    if (server === null || proxy.error !== null) return [];
    const own = new AbortController();
    const timer = ports.clock.setTimeout(() => own.abort(), limits.serverMs);
    const both = AbortSignal.any([own.signal, signal]);
    const found: ServerAnswer[] = [];
    try {
      while (found.length < questions) {
        const pending = ports.askServer(server, proxy.value, both);
        found.push(await within(limits.serverMs + lateMs, ports.clock, pending, late));
      }
    } catch (error) {
      if (found.length === 0) throw error;
    } finally {
      ports.clock.clearTimeout(timer);
    }
    return found;
  };

  return {
    ...options,
    door,
    addresses: once(async () => {
      if (door === null) return [];
      const family = isIP(door.host);
      if (family === 4 || family === 6) return [{ address: door.host, family }];
      return within(limits.lookupMs, ports.clock, ports.lookup(door.host), lateLookup);
    }),
    answers: once(answers),
  };
}

const late = (): ServerSilence => new ServerSilence('waiting', null, 'no answer in time');

const lateLookup = (): ServerSilence =>
  new ServerSilence('connecting', 'ETIMEOUT', 'The lookup took too long.');

function doorOf({ server, proxy }: ReadSettings): Door | null {
  if (server === null || proxy.error !== null) return null;
  const url = proxy.value === null ? server : new URL(proxy.value.url);
  const isSecure = url.protocol === 'wss:' || url.protocol === 'https:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    isProxy: proxy.value !== null,
  };
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | null = null;
  return () => (found ??= find());
}
