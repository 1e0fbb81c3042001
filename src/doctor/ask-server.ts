/** One HTTP request to the server, to see its certificate, its clock and how far away it is. */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { checkServerIdentity, TLSSocket } from 'node:tls';
import { createTunnel } from '../io/sockets/tunnel.js';
import { addressing } from '../network/address-families.js';
import type { Proxy } from '../network/environment-proxy.js';
import { onAbort } from '../network/on-abort.js';
import { version } from '../protocol/version.js';
import { timesOf, type WorldClock } from '../time/clock.js';

/** How far a request came. */
export type AskStage = 'connecting' | 'tls' | 'proxy' | 'waiting';

/** There was no answer. */
export class ServerSilence extends Error {
  override readonly name = 'ServerSilence';
  readonly stage: AskStage;
  /** The system's code, such as `ECONNREFUSED`; null when there is none. */
  readonly reason: string | null;

  constructor(stage: AskStage, reason: string | null, message: string) {
    super(message);
    this.stage = stage;
    this.reason = reason;
  }
}

export interface Certificate {
  /** For instance `TLSv1.3`. */
  protocol: string;
  /** Why it is not trusted, such as `CERT_HAS_EXPIRED`; null: it is. */
  fault: string | null;
  /** Names, as the certificate has them. */
  subject: string;
  issuer: string;
  altNames: string;
  /** Epoch milliseconds. */
  validFrom: number;
  validTo: number;
}

export interface ServerAnswer {
  status: number;
  /** The header `Date`, and how old the answer is (`Age`, in seconds). */
  date: string | null;
  age: number;
  /** On this machine's wall clock. */
  sentAt: number;
  receivedAt: number;
  /** From the request to its answer on an open connection, in ms. */
  roundTripMs: number;
  /** Null without TLS. */
  certificate: Certificate | null;
}

interface Question {
  /** `ws:` and `wss:` are asked over HTTP. */
  url: URL;
  proxy: Proxy | null;
  signal: AbortSignal;
  clock: WorldClock;
}

/**
 * Sends `HEAD /` without any credential, and so goes on with a certificate that is not trusted.
 *
 * @throws {ServerSilence}
 */
export async function askServer({ url, proxy, signal, clock }: Question): Promise<ServerAnswer> {
  const isSecure = url.protocol === 'wss:';
  let refused: string | null = null;
  const tunnel =
    proxy === null ? null : await createTunnel(proxy, { ...addressing, onRefused: (why) => (refused = why) });
  let stage: AskStage = proxy === null ? 'connecting' : 'proxy';
  const options: RequestOptions = {
    method: 'HEAD',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    path: '/',
    headers: { 'User-Agent': `chipzen-agent/${version}`, 'Cache-Control': 'no-cache' },
    agent: tunnel?.agent ?? false,
    // Nothing secret is sent, and a fault of the certificate is to be told apart from a server that is silent.
    rejectUnauthorized: false,
    ...addressing,
  };
  const send = (): ClientRequest => (isSecure ? httpsRequest(options) : httpRequest(options));
  return new Promise<ServerAnswer>((resolve, reject) => {
    const { now, wallNow } = timesOf(clock);
    const request = send();
    let readyAt = now();
    let sentAt = wallNow();
    const ready = (): void => {
      stage = 'waiting';
      readyAt = now();
      sentAt = wallNow();
    };
    const forget = onAbort(signal, () => {
      tunnel?.abort();
      request.destroy(new Error('no answer in time'));
    });
    request.once('socket', (socket) => {
      if (!socket.connecting) return ready();
      socket.once('connect', () => {
        if (isSecure) stage = 'tls';
        else ready();
      });
      socket.once('secureConnect', ready);
    });
    request.once('response', (response) => {
      forget();
      // The library hands on what the proxy answered as if it came from the server.
      if (refused === null) {
        const { socket } = response;
        const certificate = socket instanceof TLSSocket ? certificateOf(socket, url.hostname) : null;
        const times = { sentAt, receivedAt: wallNow(), roundTripMs: now() - readyAt };
        resolve({ ...readHead(response), ...times, certificate });
      } else {
        reject(new ServerSilence('proxy', null, refused));
      }
      response.destroy();
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      forget();
      if (refused !== null) return reject(new ServerSilence('proxy', null, refused));
      if (tunnel?.isOpen === true && stage === 'proxy') stage = isSecure ? 'tls' : 'waiting';
      reject(new ServerSilence(stage, codeIn(error), error.message));
    });
    request.end();
  });
}

function readHead({ statusCode, headers }: IncomingMessage): Pick<ServerAnswer, 'status' | 'date' | 'age'> {
  const age = Number(headers.age ?? 0);
  return { status: statusCode ?? 0, date: headers.date ?? null, age: age > 0 ? age : 0 };
}

/** A host with several addresses that all refuse has an error for each. */
function codeIn(error: NodeJS.ErrnoException): string | null {
  if (error.code !== undefined) return error.code;
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : null;
}

function certificateOf(socket: TLSSocket, hostname: string): Certificate {
  const certificate = socket.getPeerCertificate();
  const { subject, issuer, subjectaltname = '', valid_from, valid_to } = certificate;
  // A tunnel has the name of the proxy in place of the host's, and then this is what fails.
  const isName = socket.authorized || String(socket.authorizationError) === 'ERR_TLS_CERT_ALTNAME_INVALID';
  const ofName = checkServerIdentity(hostname.replace(/^\[|\]$/g, ''), certificate);
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    fault: isName
      ? ofName === undefined
        ? null
        : 'ERR_TLS_CERT_ALTNAME_INVALID'
      : String(socket.authorizationError),
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    altNames: subjectaltname,
    validFrom: Date.parse(valid_from),
    validTo: Date.parse(valid_to),
  };
}

function nameOf(name: { CN?: string | string[]; O?: string | string[] } | undefined): string {
  const [first] = [name?.CN, name?.O].flat().filter((part) => part !== undefined && part !== '');
  return first ?? '(no name)';
}
