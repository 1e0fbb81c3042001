/** The client of the platform's HTTP requests, put together. */
import { proxyFor } from '../network/environment-proxy.js';
import { createMask } from '../protocol/redact.js';
import { apiAddressOf } from './api-address.js';
import { createCaller } from './caller.js';
import { createHttpExchange } from './http-exchange.js';
import {
  type ChallengesClient,
  createChallengesClient,
  createFixturesClient,
  createQueueClient,
  type FixturesClient,
  type QueueClient,
} from './matchmaking-client.js';
import { type PlatformClientOptions, platformSettings } from './platform-options.js';
import { createRecordLane } from './record-lane.js';
import { createRecordsClient, type RecordsClient } from './records-client.js';
import { createRequests } from './requests.js';
import { createTokensClient, type TokensClient } from './tokens-client.js';

/**
 * Every call rejects with a `PlatformRefusedError`, a `PlatformUnreachableError` or a `PlatformAnswerError`; with a
 * `MissingTokenError` or an `OptionError` before anything is sent; or with the reason of its signal.
 */
export interface PlatformClient {
  /** The address that is asked: `https://chipzen.ai`. */
  readonly apiUrl: string;
  /** The bot that it asks for, by the option or the lobby; null where neither tells. */
  readonly botId: string | null;
  readonly queue: QueueClient;
  readonly challenges: ChallengesClient;
  readonly fixtures: FixturesClient;
  readonly tokens: TokensClient;
  readonly records: RecordsClient;
  /** Ends all calls, which then reject with an `AbortError`, and all connections. */
  close(): void;
}

/**
 * A client for one platform. Nothing is sent before it is asked for something.
 *
 * @throws {OptionError | ConfigError | InsecureUrlError | MissingUrlError} for options, or variables of a proxy, that
 * cannot be used.
 */
export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const settings = platformSettings(options);
  const { token, accountToken, clock, report } = settings;
  const address = apiAddressOf(options);
  const proxy = options.proxy === undefined ? proxyFor(address.base) : options.proxy;
  const exchange = createHttpExchange({ proxy, maxBytes: settings.maxBytes });
  const mask = createMask([token, accountToken].filter((secret) => secret !== null));
  const requests = createRequests({
    ...settings,
    address,
    exchange,
    mask,
    proxyUrl: proxy?.url ?? null,
  });
  const lane = createRecordLane({
    clock,
    paceMs: settings.recordPaceMs,
    backOffMs: settings.recordBackOffMs,
    gate: settings.recordGate,
    report,
  });
  const caller = createCaller({ requests, lane, report });
  const botId = options.botId ?? address.botId;
  return {
    apiUrl: address.base,
    botId,
    queue: createQueueClient(caller),
    challenges: createChallengesClient(caller),
    fixtures: createFixturesClient(caller),
    tokens: createTokensClient(caller, botId),
    records: createRecordsClient(caller),
    close() {
      caller.close();
      exchange.reset();
    },
  };
}
