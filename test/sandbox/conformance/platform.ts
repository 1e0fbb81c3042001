/**
 * What the platform of these tests can do, as its documents say, unless the options name another dialect; and the few steps that most tests begin with. Nothing
 * of the agent is used, not even its types: a field or option is what the protocol calls it.
 */
import { createVirtualClock, type VirtualClock } from '../../../src/time/virtual-clock.js';
import {
  type Client,
  type DialOptions,
  dial,
  type End,
  type Frame,
  goOnline,
  type Json,
} from '../../kit/client.js';
import { openPlatform } from '../../kit/platform.js';

/** Durations are milliseconds, amounts chips. */
export interface PlatformOptions {
  seed?: string;
  clock?: VirtualClock;
  speed?: number;
  startingStack?: number;
  smallBlind?: number;
  bigBlind?: number;
  ante?: number;
  blindSchedule?: { fromHand: number; smallBlind: number; bigBlind: number; ante?: number }[];
  maxHands?: number;
  decisionTimeoutMs?: number;
  /** Here [0, 0] unless said otherwise; `undefined` is the platform's own default. */
  revealDelayMs?: [number, number] | undefined;
  reconnectGraceMs?: number;
  joinTimeoutMs?: number;
  dispatchDelayMs?: number;
  maxReconnects?: number;
  pingIntervalMs?: number;
  pongTimeoutMs?: number;
  handshakeTimeoutMs?: number;
  connectsPerMinute?: number;
  maxConnections?: number;
  format?: string;
  dialect?: 'played' | 'documents' | 'legacy';
  legacy?: boolean;
}

export interface LocalBot {
  decide(state: {
    validActions: string[];
    phase: string;
    yourSeat: number;
    dealerSeat: number;
    maxRaise: number;
  }): unknown;
}

export type Opponent = string | { botId: string } | LocalBot;

export interface DispatchOptions {
  opponent?: Opponent;
  opponents?: Opponent[];
  rated?: boolean;
  decisionTimeoutMs?: number;
}

export interface BotCredentials {
  botId: string;
  token: string;
  lobbyUrl: string;
}

interface Control {
  dropLobby(botId: string, code?: number, reason?: string): unknown;
  dropMatch(matchId: string, botId: string, code?: number, reason?: string): unknown;
  announce(botId: string, matchId: string, overrides?: Json): unknown;
  evict(botId: string): unknown;
  revoke(token: string): unknown;
  sendLobby(botId: string, data: string | Buffer): unknown;
  sendMatch(matchId: string, botId: string, data: string | Buffer): unknown;
  freezeLobby(botId: string): unknown;
  freezeMatch(matchId: string, botId: string): unknown;
  restart(options: { downMs: number }): unknown;
  endMatch(matchId: string, how: 'cancelled' | 'error' | 'gateway' | 'abandoned'): unknown;
}

export interface MatchSummary {
  matchId: string;
  state: string;
  seats: { name: string; botId: string | null; participantId: string }[];
}

export interface Platform {
  readonly url: string;
  addBot(bot?: { name?: string }): BotCredentials;
  dispatch(botId: string, options?: DispatchOptions): Promise<{ matchId: string }>;
  play(options: { players: Opponent[]; rated?: boolean }): Promise<{ matchId: string }>;
  matches(): MatchSummary[];
  result(matchId: string): Promise<Json>;
  on(listener: (event: Json & { type: string }) => void): () => void;
  readonly control: Control;
  close(): Promise<void>;
}

/** One seat of a table, as a client has it. */
export interface Seat {
  readonly index: number;
  readonly bot: BotCredentials;
  readonly lobby: Client;
  readonly matched: Frame;
  /** Replaced by `comeBack`. */
  client: Client;
}

const defaults = {
  startingStack: 200,
  smallBlind: 5,
  bigBlind: 10,
  /** An hour: heartbeats disturb no test but those that are about them. */
  pingIntervalMs: 3_600_000,
} as const;

/** A platform on a virtual clock that says everything at once, unless the options say otherwise; closed after the test. */
export async function openConformance(options: PlatformOptions = {}) {
  const clock = options.clock ?? createVirtualClock();
  const settings = {
    seed: 'conformance',
    ...(options.legacy === undefined && { dialect: 'documents' }),
    speed: 1,
    startingStack: defaults.startingStack,
    smallBlind: defaults.smallBlind,
    bigBlind: defaults.bigBlind,
    revealDelayMs: [0, 0],
    pingIntervalMs: defaults.pingIntervalMs,
    ...options,
    clock,
  } as unknown as Parameters<typeof openPlatform>[0];
  const platform = (await openPlatform(settings)).sandbox as unknown as Platform;

  return {
    platform,
    clock,
    url: platform.url,
    control: platform.control,
    /** The clock's time, as servers write it. */
    serverTs: () => new Date(clock.now()).toISOString(),
    /** Goes online and takes the lobby's hello. */
    online: goOnline,

    /** A bot that is online and has been told of a match. */
    async matched(against: DispatchOptions = {}) {
      const bot = platform.addBot({ name: 'bot-a' });
      const lobby = await goOnline(bot);
      const { matchId } = await platform.dispatch(bot.botId, against);
      const matched = await lobby.until('matched');
      return { bot, lobby, matched, matchId, gateway: platform.url + String(matched['gateway_ws_url']) };
    },

    /** A seat in play against opponents that run inside the platform; `match_start` comes next. */
    async seated(against: DispatchOptions = {}): Promise<Seat & { matchId: string; gateway: string }> {
      const { bot, lobby, matched, matchId, gateway } = await this.matched(against);
      const client = await takeSeat(gateway, matchId, bot.token);
      return { index: 0, bot, lobby, matched, matchId, gateway, client };
    },

    /** A match of remote bots only, all seated, in seat order; `match_start` comes next on each. */
    async table(size: number, more: Omit<DispatchOptions, 'opponent' | 'opponents'> = {}) {
      const bots = ['bot-a', 'bot-b', 'bot-c', 'bot-d', 'bot-e', 'bot-f']
        .slice(0, size)
        .map((name) => platform.addBot({ name }));
      const lobbies = await Promise.all(bots.map(goOnline));
      const [first, ...others] = bots.map(({ botId }) => ({ botId }));
      const against = others.length === 1 && others[0] ? { opponent: others[0] } : { opponents: others };
      const { matchId } = await platform.dispatch(first?.botId ?? '', { ...against, ...more });
      const seats: Seat[] = [];
      for (const [index, bot] of bots.entries()) {
        const lobby = lobbies[index] as Client;
        const matched = await lobby.until('matched');
        const client = await takeSeat(gatewayOf(platform.url, matched), matchId, bot.token);
        seats.push({ index, bot, lobby, matched, client });
      }
      return { matchId, seats };
    },

    /** Dials again and shakes hands again. */
    async comeBack(seat: Seat): Promise<Client> {
      const { matched, bot } = seat;
      seat.client = await takeSeat(gatewayOf(platform.url, matched), String(matched['match_id']), bot.token);
      return seat.client;
    },

    /** Resolves when the platform has seen this seat leave. */
    async leave(seat: Seat): Promise<void> {
      const noticed = new Promise<void>((resolve) => {
        const stop = platform.on(({ type, botId }) => {
          if (type !== 'seat.disconnected' || botId !== seat.bot.botId) return;
          stop();
          resolve();
        });
      });
      await seat.client.drop();
      await noticed;
    },
  };
}

export type Opened = Awaited<ReturnType<typeof openConformance>>;

export const gatewayOf = (url: string, matched: Frame) => url + String(matched['gateway_ws_url']);

/** Dials the gateway, with the token where it belongs. */
export function dialGateway(gateway: string, token: string, options: DialOptions = {}): Promise<Client> {
  return dial(gateway, { protocols: ['chipzen-bot-token', token], ...options });
}

export const clientHello = (matchId: unknown, more: Json = {}) => ({
  type: 'hello',
  match_id: matchId,
  supported_versions: ['1.0'],
  client_name: 'conformance',
  client_version: '1.0',
  ...more,
});

/** Dials and shakes hands; what comes next is play. */
export async function takeSeat(gateway: string, matchId: unknown, token: string, options: DialOptions = {}) {
  const client = await dialGateway(gateway, token, options);
  client.say({ type: 'authenticate', match_id: matchId, token: '' });
  await client.until('hello');
  client.say(clientHello(matchId));
  return client;
}

/** Tries to sit down as far as the platform lets it: what was said before the close, the `hello` left out. */
export async function refusedSeat(
  gateway: string,
  matchId: unknown,
  token: string,
): Promise<{ frames: Frame[]; end: End }> {
  const client = await dialGateway(gateway, token);
  client.say({ type: 'authenticate', match_id: matchId, token: '' });
  const first = await client.next().catch(() => null);
  if (first?.type === 'hello') client.say(clientHello(matchId));
  const end = await client.closed();
  return { frames: client.frames.filter(({ type }) => type !== 'hello'), end };
}
