/** The connection to a NATS server, with only what agents and workers need. */

import { NatsUnavailableError, OptionError } from '../../../protocol/errors.js';
import { messageOf } from '../../../protocol/message-of.js';
import { parseServerUrl } from './server-url.js';

const defaults = {
  connectTimeoutMs: 5_000,
  reconnectMs: 250,
  reconnectJitterMs: 100,
  /** A server that is silently gone is noticed after two of these. */
  pingIntervalMs: 5_000,
  /** How long to wait for a connection to close. */
  closeTimeoutMs: 2_000,
  maxSubjectLength: 1_024,
  /** In which a server finds messages again that are sent twice. */
  idHeader: 'Nats-Msg-Id',
} as const;

const packageName = '@nats-io/transport-node';

type Transport = typeof import('@nats-io/transport-node');

export interface Received {
  subject: string;
  data: Uint8Array;
  reply: string;
  /** The server's notice that a message with this reply subject had no subscriber. */
  isUndelivered: boolean;
}

/** What a request got: a message, or a status of the server in its place. */
export interface BusAnswer {
  subject: string;
  data: Uint8Array;
  /** Where what is done with the message is told. */
  reply: string;
  /** Null: a message. */
  status: number | null;
  description: string;
}

/** A request had no answer: nobody is there for it, its time was over, or the connection is lost. */
export class NoReplyError extends Error {
  /** The server says at once that nobody is there. */
  readonly isUnheard: boolean;

  constructor(message: string, isUnheard = false, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NoReplyError';
    this.isUnheard = isUnheard;
  }
}

export interface Bus {
  /** The server's URL without credentials. */
  readonly server: string;
  readonly isConnected: boolean;
  /** Bytes of the largest message that the server takes. */
  readonly maxPayload: number;
  /** A new subject that nobody else knows. */
  inbox(): string;
  /**
   * Does nothing without a connection, because late messages are useless here, and for an invalid subject: a received
   * message may have no reply subject.
   */
  publish(subject: string, data: Uint8Array, reply?: string): void;
  /**
   * Asks, and waits for one answer.
   *
   * @param ask.id by which the server knows a message that it has already.
   * @throws {NoReplyError}
   */
  request(subject: string, data: Uint8Array, ask: { timeoutMs: number; id?: string }): Promise<BusAnswer>;
  /** @returns the function that ends the subscription. */
  subscribe(subject: string, listener: (message: Received) => void, queue?: string): () => void;
  /** Calls the listener whenever the connection is lost or is back. Returns the function that ends this. */
  onChange(listener: (isConnected: boolean) => void): () => void;
  /** Sends what is buffered and closes; the process may end then. */
  close(): Promise<void>;
}

/**
 * Subjects without wildcards and white space. A server gives those a meaning, and a subject from the network may
 * contain them.
 */
const subjectOfOne = /^[!-)+-=?-~]+$/;

const isSubject = (text: string): boolean =>
  text.length <= defaults.maxSubjectLength && subjectOfOne.test(text) && !text.split('.').includes('');

/** Catches what a listener throws: it would silently stop the client from reading. */
function callSafely(listener: (message: Received) => void, message: Received): void {
  try {
    listener(message);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

async function loadTransport(): Promise<Transport> {
  return import('@nats-io/transport-node');
}

/**
 * Connects. A connection that is lost later is restored, however long that takes.
 *
 * @param load for tests of an installation without the package.
 * @throws {OptionError} when the URL is invalid or the package is not installed.
 * @throws {NatsUnavailableError} when no server answers, or the server refuses the credentials.
 */
export async function connectBus(url: string, clientName: string, load = loadTransport): Promise<Bus> {
  const { servers, shown, isEncrypted, ...credentials } = parseServerUrl(url);
  const {
    connect,
    createInbox,
    headers: newHeaders,
    NoRespondersError,
  } = await load().catch((cause: unknown) => {
    throw new OptionError(
      'nats',
      `Workers need the package ${packageName}: npm install ${packageName}. (${messageOf(cause)})`,
    );
  });
  const connection = await connect({
    servers,
    ...credentials,
    ...(isEncrypted && { tls: {} }),
    name: clientName,
    timeout: defaults.connectTimeoutMs,
    maxReconnectAttempts: -1,
    reconnectTimeWait: defaults.reconnectMs,
    reconnectJitter: defaults.reconnectJitterMs,
    pingInterval: defaults.pingIntervalMs,
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
  }).catch((cause: unknown) => {
    throw new NatsUnavailableError(`The NATS server ${shown} cannot be reached: ${messageOf(cause)}`);
  });

  const listeners = new Set<(isConnected: boolean) => void>();
  let isConnected = true;
  const change = (now: boolean): void => {
    if (isConnected === now) return;
    isConnected = now;
    for (const listener of listeners) listener(now);
  };
  const watch = async (): Promise<void> => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect' || type === 'close') change(false);
      if (type === 'reconnect') change(true);
    }
  };
  void watch();

  /** The client leaves requests without an answer for ever when its connection closes: neither do they fail, nor is their time over. */
  const waiting = new Set<() => void>();
  const failWaiting = (): void => {
    for (const fail of waiting) fail();
  };
  void connection.closed().then(failWaiting);

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    listeners.clear();
    const patience = new Promise<void>((resolve) => {
      setTimeout(resolve, defaults.closeTimeoutMs).unref();
    });
    const flushed = isConnected ? connection.flush() : Promise.resolve();
    await Promise.race([flushed.catch(() => undefined), patience]);
    await Promise.race([connection.close().catch(() => undefined), patience]);
    failWaiting();
  };

  return {
    server: shown,
    get isConnected() {
      return isConnected;
    },
    get maxPayload() {
      return connection.info?.max_payload ?? 1024 * 1024;
    },
    inbox: () => createInbox(),
    publish(subject, data, reply) {
      if (!isConnected || connection.isClosed() || !isSubject(subject)) return;
      connection.publish(subject, data, reply === undefined ? {} : { reply });
    },
    async request(subject, data, { timeoutMs, id }) {
      if (!isConnected || connection.isClosed())
        throw new NoReplyError(`There is no connection to the NATS server ${shown}.`);
      if (!isSubject(subject)) throw new NoReplyError('This subject cannot be asked.');
      const headers = newHeaders();
      if (id !== undefined) headers.set(defaults.idHeader, id);
      let fail!: () => void;
      const closed = new Promise<never>((_, reject) => {
        fail = () => reject(new Error('the connection was closed'));
      });
      waiting.add(fail);
      try {
        // A subscription of its own: what a queue gives out has the subject under which it was kept.
        const asked = connection.request(subject, data, {
          timeout: timeoutMs,
          noMux: true,
          ...(id !== undefined && { headers }),
        });
        const answer = await Promise.race([asked, closed]);
        const { code = 0, description = '' } = answer.headers ?? {};
        return {
          subject: answer.subject,
          data: answer.data,
          reply: answer.reply ?? '',
          status: code === 0 ? null : code,
          description,
        };
      } catch (cause) {
        const isUnheard = cause instanceof Error && cause.cause instanceof NoRespondersError;
        throw new NoReplyError(`${shown}: ${messageOf(cause)}`, isUnheard, { cause });
      } finally {
        waiting.delete(fail);
      }
    },
    subscribe(subject, listener, queue) {
      const subscription = connection.subscribe(subject, {
        ...(queue !== undefined && { queue }),
        callback(error, message) {
          if (error !== null) return;
          const isUndelivered = message.data.length === 0 && message.headers?.code === 503;
          const { subject: to, data } = message;
          callSafely(listener, { subject: to, data, reply: message.reply ?? '', isUndelivered });
        },
      });
      return () => {
        if (!connection.isClosed()) subscription.unsubscribe();
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
