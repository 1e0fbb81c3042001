/** The platform as its HTTP requests see it. */

import { createRandom } from '../../chance/random.js';
import { houseBotNames } from '../../house/house-bot-names.js';
import { version } from '../../protocol/version.js';
import type { RecordBook } from '../../records/record-book.js';
import type { Timers } from '../../time/timers.js';
import type { Lobby } from '../doors/lobby-door.js';
import type { MatchBook } from '../match/match-book.js';
import type { Matches } from '../match/matches.js';
import type { Accounts } from '../memory/accounts.js';
import type { SeasonBook } from '../season/season-book.js';
import type { BotRecord } from '../terms/bot-record.js';
import { housePlayer, remotePlayer } from '../terms/players.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import type { Settings } from '../terms/sandbox-options.js';
import { type HttpLimits, limitsOf, platformLimits } from './limits.js';
import type { LobbyHours } from './lobby-hours.js';
import type { BotFacts, HttpPlatform } from './platform.js';

export interface HttpPlatformOptions {
  settings: Settings;
  timers: Timers;
  accounts: Accounts;
  book: MatchBook;
  lobby: Lobby;
  matches: Matches;
  records: RecordBook;
  lobbyHours: LobbyHours;
  season: Pick<SeasonBook, 'upcoming'>;
  lobbyUrlOf: (botId: string) => string;
  emit: EmitSandbox;
}

export function createHttpPlatform(options: HttpPlatformOptions): HttpPlatform {
  const { settings, timers, accounts, book, lobby, matches, records, lobbyHours, season, lobbyUrlOf, emit } =
    options;
  const known = (botId: string) => {
    const bot = accounts.bot(botId);
    if (bot === undefined) throw new RangeError('There is no such bot.');
    return bot;
  };
  const factsOf = ({ botId, name }: BotRecord): BotFacts => {
    const { rating } = records.standing(botId);
    return { botId, name, rating: rating && Math.round(rating.rating), mayPlayRated: true };
  };

  return {
    version,
    random: createRandom(`http:${settings.seed}`),
    botByToken(token) {
      const record = accounts.token(token);
      return record && { botId: record.bot.botId, revoked: record.revoked };
    },
    bot(botId) {
      const bot = accounts.bot(botId);
      return bot && factsOf(bot);
    },
    bots: () => accounts.bots().map(factsOf),
    isOnline: lobby.isOnline,
    liveMatches: (botId) =>
      book.live().filter((run) => run.seats.some((seat) => seat.botId === botId)).length,
    houseBots: () => houseBotNames,
    records,
    replayRaises: settings.replayRaises,
    start({ players, ...terms }) {
      const seed = matches.nextSeed();
      const seated = players.map((player, index) =>
        'botId' in player
          ? remotePlayer(player.botId, (botId) => accounts.bot(botId))
          : housePlayer(player.house, `${index}:${seed}`),
      );
      const { matchId, remoteSeats } = matches.start(seated, {
        seed,
        ...terms,
        isAskedFor: true,
      });
      const participantIds = Object.fromEntries(
        remoteSeats.map(({ botId, participantId }) => [botId, participantId]),
      );
      return { matchId, participantIds };
    },
    matches: () =>
      matches.list().map(({ state, ...facts }) => ({
        ...facts,
        state: state === 'dispatching' ? 'waiting' : state,
      })),
    mint(bot) {
      const { bot: record, token, tokenId } = accounts.addBot(bot);
      return { ...record, token, tokenId, lobbyUrl: lobbyUrlOf(record.botId) };
    },
    mintToken(botId, replacedId) {
      const replaced = replacedId === undefined ? undefined : accounts.tokenById(replacedId);
      const { token, tokenId } = accounts.addToken(known(botId), replaced);
      if (replaced !== undefined) lobby.revoke(replaced);
      return { token, tokenId };
    },
    liveTokens: (botId) => accounts.tokensOf(botId).map(({ tokenId, createdAt }) => ({ tokenId, createdAt })),
    tokenById(tokenId) {
      const token = accounts.tokenById(tokenId);
      return token && { botId: token.bot.botId, revoked: token.revoked };
    },
    revokeToken(tokenId) {
      const token = accounts.tokenById(tokenId);
      if (token !== undefined) lobby.revoke(token);
    },
    upcoming: season.upcoming,
    lobbyMsToday: lobbyHours.todayMs,
    now: () => timers.now(),
    wallNow: () => timers.onWallClock(timers.now()),
    after: (ms, fn) => timers.after(ms, fn),
    fault: (error) => emit({ type: 'platform.fault', where: 'http', error }),
  };
}

/** The times of the HTTP limits, scaled by the platform's speed. */
export function httpLimitsAt({ scale, limits: kind }: Settings): Partial<HttpLimits> {
  const limits = limitsOf();
  return {
    ...(kind === 'platform' && platformLimits),
    recordMinuteMs: scale.clock(limits.recordMinuteMs),
    challengeDecisionTimeoutMs: scale.clock(limits.challengeDecisionTimeoutMs),
    queueDecisionTimeoutMs: scale.clock(limits.queueDecisionTimeoutMs),
    queueTtlMs: scale.clock(limits.queueTtlMs),
    queueEarlyFromMs: scale.clock(limits.queueEarlyFromMs),
    queueEarlyToMs: scale.clock(limits.queueEarlyToMs),
    joinIntervalMs: scale.clock(limits.joinIntervalMs),
    pairAgainMs: scale.clock(limits.pairAgainMs),
    challengeTtlMs: scale.clock(limits.challengeTtlMs),
    capRetryAfterMs: scale.clock(limits.capRetryAfterMs),
  };
}
