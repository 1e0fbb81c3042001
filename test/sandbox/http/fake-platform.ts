/** A platform of plain maps: it keeps what it was told to start and does what a test tells it to do. */
import { OptionError } from '../../../src/protocol/errors.js';
import type { FixtureRow } from '../../../src/protocol/http-answers.js';
import { createRecordBook, type RecordBook } from '../../../src/records/record-book.js';
import type {
  BotFacts,
  HttpPlatform,
  MatchFacts,
  MatchOrder,
  MintedBot,
} from '../../../src/sandbox/http/platform.js';
import { createVirtualClock, type VirtualClock } from '../../../src/time/virtual-clock.js';
import { createMailbox, type Mailbox } from '../../kit/mailbox.js';

export interface FakePlatform extends HttpPlatform {
  readonly clock: VirtualClock;
  /** Every match that was asked for, in order. */
  readonly started: MatchOrder[];
  readonly faults: unknown[];
  readonly online: Set<string>;
  /** Live matches by bot; starting one raises it. */
  readonly live: Map<string, number>;
  /** Tokens that were revoked, by id. */
  readonly revoked: Set<string>;
  readonly facts: MatchFacts[];
  readonly records: RecordBook;
  /** Delays of all timers that were set. */
  readonly timers: Mailbox<number>;
  /** Delays of all timers that were cancelled. */
  readonly cancelled: Mailbox<number>;
  /** The fixtures of each bot. */
  readonly fixtures: Map<string, FixtureRow[]>;
  /** How long each bot was in the lobby today. */
  readonly lobbyMs: Map<string, number>;
  /** What `random` gives. */
  chance: number;
  /** What `start` throws, if it is to throw. */
  failure: Error | null;
  /** Adds a bot that is online; its token is `token-of-ID`, and the id of that `tid-ID`. */
  add(botId: string, bot?: Partial<BotFacts>): void;
  /** Changes what is known of a bot. */
  change(botId: string, bot: Partial<BotFacts>): void;
}

export function createFakePlatform(): FakePlatform {
  const clock = createVirtualClock();
  const bots = new Map<string, BotFacts>();
  const tokens = new Map<string, { token: string; botId: string }>();
  const online = new Set<string>();
  const live = new Map<string, number>();
  const revoked = new Set<string>();
  const fixtures = new Map<string, FixtureRow[]>();
  const lobbyMs = new Map<string, number>();
  const started: MatchOrder[] = [];
  const faults: unknown[] = [];
  const facts: MatchFacts[] = [];
  const records = createRecordBook({ now: () => clock.now(), keepHands: 1_000, bigBlindOf: () => 10 });
  const timers = createMailbox<number>();
  const cancelled = createMailbox<number>();

  function add(botId: string, bot: Partial<BotFacts> = {}): void {
    bots.set(botId, { botId, name: `name-of-${botId}`, rating: null, mayPlayRated: true, ...bot });
    tokens.set(`tid-${botId}`, { token: `token-of-${botId}`, botId });
    online.add(botId);
  }

  const platform: FakePlatform = {
    clock,
    started,
    faults,
    online,
    live,
    revoked,
    facts,
    timers,
    cancelled,
    failure: null,
    chance: 0.99,
    fixtures,
    lobbyMs,
    add,
    change: (botId, bot) => bots.set(botId, { ...(bots.get(botId) as BotFacts), ...bot }),
    version: '9.9.9',
    botByToken(token) {
      const [tokenId, found] = [...tokens].find(([, each]) => each.token === token) ?? [];
      return found && { botId: found.botId, revoked: revoked.has(tokenId ?? '') };
    },
    bot: (botId) => bots.get(botId),
    bots: () => [...bots.values()],
    isOnline: (botId) => online.has(botId),
    liveMatches: (botId) => live.get(botId) ?? 0,
    houseBots: () => ['random', 'calling-station'],
    start(match) {
      if (platform.failure !== null) throw platform.failure;
      started.push(match);
      const botIds = match.players.flatMap((player) => ('botId' in player ? [player.botId] : []));
      for (const botId of botIds) live.set(botId, (live.get(botId) ?? 0) + 1);
      return {
        matchId: `match-${started.length}`,
        participantIds: Object.fromEntries(botIds.map((botId) => [botId, `seat-of-${botId}`])),
      };
    },
    random: () => platform.chance,
    upcoming: (botId) => fixtures.get(botId) ?? [],
    lobbyMsToday: (botId) => lobbyMs.get(botId) ?? 0,
    wallNow: () => clock.now(),
    records,
    replayRaises: 'added',
    matches: () => facts,
    mint({ name = 'bot-1' }): MintedBot {
      if (name === 'taken') throw new OptionError('name', 'This name is taken.');
      add('minted', { name });
      return {
        botId: 'minted',
        name,
        token: 'token-of-minted',
        tokenId: 'tid-minted',
        lobbyUrl: 'ws://127.0.0.1:1/ws/external/bot/minted',
      };
    },
    mintToken(botId, replacedId) {
      if (replacedId !== undefined) revoked.add(replacedId);
      const minted = { token: `token-${tokens.size}`, tokenId: `tid-${tokens.size}` };
      tokens.set(minted.tokenId, { token: minted.token, botId });
      return minted;
    },
    liveTokens: (botId) =>
      [...tokens]
        .filter(([id, each]) => each.botId === botId && !revoked.has(id))
        .map(([tokenId]) => ({ tokenId, createdAt: tokenId === 'tid-a' ? null : clock.now() })),
    tokenById(tokenId) {
      const token = tokens.get(tokenId);
      return token && { botId: token.botId, revoked: revoked.has(tokenId) };
    },
    revokeToken: (tokenId) => void revoked.add(tokenId),
    now: () => clock.now(),
    after(ms, fn) {
      const id = clock.setTimeout(fn, ms);
      timers.push(ms);
      return {
        cancel() {
          clock.clearTimeout(id);
          cancelled.push(ms);
        },
      };
    },
    fault: (error) => void faults.push(error),
  };
  return platform;
}
