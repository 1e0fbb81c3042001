/** Asks the platform: with the credential, the time limit, and a typed error for everything that is not an answer. */

import { STATUS_CODES } from 'node:http';
import { readRetryAfter } from '../network/retry-after.js';
import { MissingTokenError, OptionError } from '../protocol/errors.js';
import { hasManyValues } from '../protocol/json-values.js';
import { messageOf } from '../protocol/message-of.js';
import { type Mask, printable } from '../protocol/redact.js';
import type { WorldClock } from '../time/clock.js';
import { compareClocks, watchClockJumps } from '../time/clock-jumps.js';
import type { ApiAddress } from './api-address.js';
import type { HttpAnswer, HttpExchange } from './http-exchange.js';
import { PlatformAnswerError, PlatformUnreachableError } from './platform-error.js';
import { refusalOf } from './refusal.js';

const defaults = {
  /** More values than any record has: small ones take fifty times the memory of their text. */
  maxValues: 1_000_000,
  /** A quota may last until the end of the day. */
  maxRetryAfterMs: 48 * 3_600_000,
  maxReasonLength: 200,
  /** How long a request that was on its way while this machine slept is waited for: its connection is dead, most likely. */
  sleptOnMs: 5_000,
} as const;

const firstRedirect = 300;
const firstError = 400;

export interface PlatformRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Encoded, with a slash at its beginning. */
  path: string;
  /** Fields that are undefined are left out. */
  query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  body?: object;
  /** `optional`: the bot's token, if there is one. `account`: that of the account, or else the bot's. */
  credential: 'bot' | 'account' | 'optional';
  /** The answer has a new token in it, which is not masked. */
  tellsToken?: boolean;
}

export interface PlatformAnswer {
  /** Parsed JSON; undefined when the body is empty. */
  value: unknown;
  /** What errors about this answer name. */
  where: { request: string; status: number; requestId: string | null };
}

export interface Requests {
  /**
   * @throws {PlatformRefusedError | PlatformUnreachableError | PlatformAnswerError}
   * @throws {MissingTokenError} when there is no token for it.
   * @throws {OptionError} when the token may not go to this address.
   */
  ask(request: PlatformRequest, signal: AbortSignal): Promise<PlatformAnswer>;
}

export interface RequestsOptions {
  address: ApiAddress;
  exchange: HttpExchange;
  token: string | null;
  accountToken: string | null;
  mask: Mask;
  userAgent: string;
  /** For a whole request, from name resolution to the last byte of its answer, in ms. */
  timeoutMs: number;
  clock: WorldClock;
  /** The address of the proxy, for messages; null: none. */
  proxyUrl: string | null;
}

/** One request as it is sent, perhaps twice. */
interface Asking {
  request: PlatformRequest;
  name: string;
  signal: AbortSignal;
  headers: Readonly<Record<string, string>>;
}

export function createRequests(options: RequestsOptions): Requests {
  const { address, exchange, mask, clock, timeoutMs, proxyUrl } = options;
  const clocks = { wall: () => clock.wallNow?.() ?? clock.now(), monotonic: () => clock.now() };
  /** Since the last request: connections that were kept open over a sleep take a request, and never answer. */
  const haveJumped = compareClocks(clocks);
  const jumps = watchClockJumps({ clock, ...clocks });

  function tokenFor({ credential }: PlatformRequest): string | null {
    const token = credential === 'account' ? (options.accountToken ?? options.token) : options.token;
    if (credential === 'optional') return address.isTrusted ? token : null;
    if (token === null || token === '') {
      throw new MissingTokenError(
        'This request needs a token, and none was given. Give the option token: the one that the platform gave your bot.',
      );
    }
    if (address.isTrusted) return token;
    throw new OptionError(
      'apiUrl',
      `The token goes to the lobby's own origin only, and ${address.base} is another. Leave apiUrl out, or ask for public records only.`,
    );
  }

  function headersOf(request: PlatformRequest): Record<string, string> {
    const token = tokenFor(request);
    return {
      Accept: 'application/json',
      'User-Agent': options.userAgent,
      ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== null && token !== '' && { Authorization: `Bearer ${token}` }),
    };
  }

  /**
   * A request that only asks is sent once more when this machine slept meanwhile.
   *
   * @throws {PlatformUnreachableError} or the reason of the signal.
   */
  async function exchangeWithin(
    request: PlatformRequest,
    name: string,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const ask = { request, name, signal, headers: headersOf(request) };
    await exchange.load();
    if (haveJumped()) exchange.reset();
    const first = await exchangeOnce(ask);
    if (first !== 'slept on') return first;
    const second = request.method === 'GET' ? await exchangeOnce(ask) : first;
    if (second !== 'slept on') return second;
    throw new PlatformUnreachableError(
      `${name}: this machine slept, or its clock was set, while ${address.base} was asked, and no answer came. Try again.`,
      name,
    );
  }

  async function exchangeOnce({ request, name, signal, headers }: Asking): Promise<HttpAnswer | 'slept on'> {
    const cut = new AbortController();
    const abort = (): void => cut.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const late = new PlatformUnreachableError(
      `${name}: ${address.base} gave no whole answer within ${timeoutMs / 1_000} s. Try again later.`,
      name,
    );
    let timer = clock.setTimeout(() => cut.abort(late), timeoutMs);
    let isSleptOn = false;
    const unwatch = jumps.watch(() => {
      clock.clearTimeout(timer);
      timer = clock.setTimeout(
        () => {
          isSleptOn = true;
          cut.abort(late);
        },
        Math.min(timeoutMs, defaults.sleptOnMs),
      );
    });
    try {
      signal.throwIfAborted();
      return await exchange.ask({
        method: request.method,
        url: `${address.base}${request.path}${queryOf(request)}`,
        headers,
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: cut.signal,
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      // A connection, or a tunnel through the proxy, that is half open would take the next request with it.
      exchange.reset();
      if (isSleptOn) return 'slept on';
      throw cut.signal.aborted ? late : unreachable(name, error);
    } finally {
      unwatch();
      clock.clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  function unreachable(name: string, error: unknown): PlatformUnreachableError {
    const why = printable(causeOf(error), defaults.maxReasonLength, mask.text);
    const way = proxyUrl === null ? '' : ` through the proxy ${proxyUrl}`;
    return new PlatformUnreachableError(`${name}: no answer from ${address.base}${way}: ${why}`, name);
  }

  function parse(answer: HttpAnswer, tellsToken: boolean): unknown {
    if (answer.text === null) return undefined;
    const text = tellsToken ? answer.text : mask.json(answer.text);
    return hasManyValues(text, defaults.maxValues) ? undefined : JSON.parse(text);
  }

  return {
    async ask(request, signal) {
      const name = `${request.method} ${request.path}`;
      const answer = await exchangeWithin(request, name, signal);
      const { status } = answer;
      const requestIdHeader = answer.header('x-request-id');
      const requestId = requestIdHeader && printable(requestIdHeader, defaults.maxReasonLength, mask.text);
      const where = { request: name, status, requestId };
      const fail = (why: string): never => {
        throw new PlatformAnswerError(`${name}: the answer of ${address.base} ${why}`, where);
      };
      if (status >= firstRedirect && status < firstError)
        return fail(
          `is HTTP ${status}, which leads elsewhere. No redirect is followed, since the token would go along: correct the address.`,
        );
      if (status >= firstError) {
        const retryAfterMs =
          readRetryAfter(
            {
              'retry-after': answer.header('retry-after') ?? undefined,
              date: answer.header('date') ?? undefined,
            },
            clocks.wall(),
            defaults.maxRetryAfterMs,
          ) ?? null;
        const body = jsonOrNull(() => parse(answer, false));
        throw refusalOf({ request: name, status, body, requestIdHeader: requestId, retryAfterMs }, mask.text);
      }
      if (answer.fault === 'too large')
        return fail('is too large. Raise maxBytes if it is a record that you need.');
      if (answer.fault === 'not UTF-8') return fail('is not UTF-8, so it is not JSON.');
      if (answer.text === '') return { value: undefined, where };
      const value = jsonOrNull(() => parse(answer, request.tellsToken === true));
      if (value === null || value === undefined)
        return fail('is not JSON that can be used. Is this the address of the platform?');
      return { value, where };
    },
  };
}

function queryOf({ query = {} }: PlatformRequest): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function jsonOrNull(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return null;
  }
}

/** What the network said, from the innermost error: the outer one of `fetch` says only that it failed. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeOf).join('; ');
  if (error instanceof Error && error.cause !== undefined) return causeOf(error.cause);
  const message = messageOf(error);
  const refused = /^Proxy response \((\d{3})\)/.exec(message)?.[1];
  return refused === undefined ? message : describeProxyStatus(Number(refused));
}

function describeProxyStatus(status: number): string {
  const answer = `it answered HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  return status === 407 ? `${answer}: it wants a user and a password` : answer;
}
