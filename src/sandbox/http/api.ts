/**
 * The HTTP requests of the local platform (docs/protocol.md 7): finds the route, checks the caller, sends the answer.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StateWriteError } from '../../protocol/errors.js';
import { hasBody, readBody } from './body.js';
import { createDispatch } from './dispatch.js';
import { fixtureRoutes } from './fixtures.js';
import { houseChallengeRoutes } from './house-challenges.js';
import { HttpError, invalidToken, stateUnwritable } from './http-error.js';
import { type HttpLimits, limitsOf } from './limits.js';
import { isLocalCaller } from './local-caller.js';
import { createMatchmaking } from './matchmaking.js';
import type { BotFacts, HttpPlatform } from './platform.js';
import { publicRoutes } from './public-facts.js';
import { recordRoutes } from './records-api.js';
import { remoteChallengeRoutes } from './remote-challenges.js';
import { findRoute } from './router.js';
import type { Reply, Route } from './routes.js';
import { readTexts, type Texts } from './texts.js';
import { tokenRoutes } from './tokens.js';

/** The longest token is 512 characters. */
const bearer = /^Bearer +([\w!#$%&'*+.^`|~-]{1,512})$/i;

export interface HttpApi {
  /** Answers one request. Never throws; a defect is reported to `platform.fault` and answered with a 500. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Refuses a request that was addressed to another host, or comes from a page of another site. */
  readonly refuseForeign: (request: IncomingMessage, response: ServerResponse) => void;
  /** Ends all timers; later requests get a 503. */
  close(): void;
}

/** @throws {OptionError} for an invalid limit. */
export function createHttpApi(platform: HttpPlatform, limits?: Partial<HttpLimits>): HttpApi {
  const settings = limitsOf(limits);
  const timers = new Set<{ cancel(): void }>();
  let closed = false;

  /** Timers of this API only: it may be closed before its platform. */
  const after: HttpPlatform['after'] = (ms, fn) => {
    const inner = platform.after(ms, () => {
      timers.delete(timer);
      fn();
    });
    const timer = {
      cancel() {
        timers.delete(timer);
        inner.cancel();
      },
    };
    timers.add(timer);
    return timer;
  };

  const dispatch = createDispatch(platform, settings);
  const parts = { platform, limits: settings, dispatch, after };
  const routes: readonly Route[] = [
    ...houseChallengeRoutes(parts),
    ...createMatchmaking(parts),
    ...remoteChallengeRoutes(parts),
    ...tokenRoutes(parts),
    ...fixtureRoutes(platform),
    ...recordRoutes(parts),
    ...publicRoutes(platform, settings),
  ];

  /** @throws {HttpError} when the request lacks the access that the route needs. */
  function callerOf(request: IncomingMessage, { access }: Route): BotFacts | null {
    if (access === 'anyone') return holderOf(request) ?? null;
    if (access === 'bot') return botOf(request);
    if (access === 'bot or local' && request.headers.authorization !== undefined) return botOf(request);
    if (isLocalCaller(request)) return null;
    if (access === 'bot or local') throw invalidToken();
    throw new HttpError(
      'SANDBOX_LOCAL_ONLY',
      'Only programs on the machine of the platform may ask for this.',
    );
  }

  function botOf(request: IncomingMessage): BotFacts {
    const bot = holderOf(request);
    if (bot === undefined) throw invalidToken();
    return bot;
  }

  /** The bot whose valid token the request has. */
  function holderOf({ headers }: IncomingMessage): BotFacts | undefined {
    const token = bearer.exec(headers.authorization ?? '')?.[1];
    const holder = token === undefined ? undefined : platform.botByToken(token);
    return holder === undefined || holder.revoked ? undefined : platform.bot(holder.botId);
  }

  async function textsOf(request: IncomingMessage, { rules }: Route): Promise<Texts> {
    if (rules !== null) return readTexts(await readBody(request, settings, after), rules);
    if (hasBody(request)) throw new HttpError('REQUEST_BAD_FIELD', 'This request has no body.');
    return new Map();
  }

  async function answer(request: IncomingMessage): Promise<Reply> {
    if (closed) throw closing();
    const { route, params, query } = findRoute(routes, request.method ?? '', request.url ?? '');
    callerOf(request, route);
    const texts = await textsOf(request, route);
    if (closed) throw closing();
    // Checked again: the token may have been revoked while the body was being sent.
    const bot = callerOf(request, route);
    if (bot !== null && (texts.get('bot_id') ?? bot.botId) !== bot.botId) throw invalidToken();
    const caller = bot?.botId ?? request.socket.remoteAddress ?? '';
    return route.answer({ bot, caller, params, query, texts });
  }

  /** The answer to what was thrown. What could not be written did not happen, which is no defect. */
  function known(error: unknown): HttpError {
    if (error instanceof HttpError) return error;
    if (error instanceof StateWriteError) return stateUnwritable();
    platform.fault(error);
    return new HttpError('INTERNAL_001', 'The platform has a defect.');
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    try {
      const { status = 200, body } = await answer(request);
      send(response, { requestId, status, body });
    } catch (error) {
      if (request.destroyed && !request.complete) return;
      sendError(response, requestId, known(error));
    }
  }

  return {
    handle(request, response) {
      response.on('error', () => undefined);
      handle(request, response).catch((error: unknown) => {
        response.destroy();
        platform.fault(error);
      });
    },
    refuseForeign(_request, response) {
      response.on('error', () => undefined);
      sendError(response, randomUUID(), wrongHost());
    },
    close() {
      closed = true;
      for (const timer of timers) timer.cancel();
    },
  };
}

function wrongHost(): HttpError {
  return new HttpError(
    'SANDBOX_WRONG_HOST',
    'The request was addressed to another host, or comes from a page of another site.',
    { connection: 'close' },
  );
}

function sendError(
  response: ServerResponse,
  requestId: string,
  { status, code, message, headers, fields }: HttpError,
): void {
  const body = { error_code: code, message, request_id: requestId, ...fields };
  send(response, { requestId, status, body, headers });
}

function closing(): HttpError {
  return new HttpError('SANDBOX_CLOSED', 'The platform is closing.', { connection: 'close' });
}

interface Answered {
  requestId: string;
  status: number;
  /** Becomes JSON. */
  body: object;
  headers?: Readonly<Record<string, string>>;
}

function send(response: ServerResponse, { requestId, status, body, headers }: Answered): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    ...headers,
  });
  response.end(text);
}
