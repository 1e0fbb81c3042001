/** The platform as its HTTP requests see it. */

import { houseBotNames } from '../../house/house-bot-names.js';
import { version } from '../../protocol/version.js';
import type { Timers } from '../../time/timers.js';
import type { Lobby } from '../doors/lobby-door.js';
import type { Matches } from '../match/matches.js';
import type { Registry } from '../match/registry.js';
import type { BotRecord } from '../terms/bot-record.js';
import { housePlayer, remotePlayer } from '../terms/players.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import type { Settings } from '../terms/sandbox-options.js';
import { type HttpLimits, limitsOf } from './limits.js';
import type { BotFacts, HttpPlatform } from './platform.js';

/** Everybody here begins with it, and nobody's ever changes. */
const rating = 1_500;

export interface HttpPlatformOptions {
  timers: Timers;
  registry: Registry;
  lobby: Lobby;
  matches: Matches;
  lobbyUrlOf: (botId: string) => string;
  emit: EmitSandbox;
}

export function createHttpPlatform(options: HttpPlatformOptions): HttpPlatform {
  const { timers, registry, lobby, matches, lobbyUrlOf, emit } = options;
  const known = (botId: string) => {
    const bot = registry.bot(botId);
    if (bot === undefined) throw new RangeError('There is no such bot.');
    return bot;
  };

  return {
    version,
    botByToken(token) {
      const record = registry.token(token);
      return record && { botId: record.bot.botId, revoked: record.revoked };
    },
    bot(botId) {
      const bot = registry.bot(botId);
      return bot && factsOf(bot);
    },
    bots: () => registry.bots().map(factsOf),
    isOnline: lobby.isOnline,
    liveMatches: (botId) =>
      registry.liveMatches().filter((run) => run.seats.some((seat) => seat.botId === botId)).length,
    houseBots: () => houseBotNames,
    start({ players, rated, decisionTimeoutMs }) {
      const seed = matches.nextSeed();
      const seated = players.map((player, index) =>
        'botId' in player
          ? remotePlayer(player.botId, (botId) => registry.bot(botId))
          : housePlayer(player.house, `${index}:${seed}`),
      );
      const { matchId, remoteSeats } = matches.start(seated, {
        seed,
        rated,
        decisionTimeoutMs,
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
      const { bot: record, token, tokenId } = registry.addBot(bot);
      return { ...record, token, tokenId, lobbyUrl: lobbyUrlOf(record.botId) };
    },
    mintToken(botId) {
      const { token, tokenId } = registry.addToken(known(botId));
      return { token, tokenId };
    },
    liveTokens: (botId) => registry.tokensOf(botId).length,
    botIdOfToken: (tokenId) => registry.tokenById(tokenId)?.bot.botId,
    revokeToken(tokenId) {
      const token = registry.tokenById(tokenId);
      if (token !== undefined) lobby.revoke(token);
    },
    now: () => timers.now(),
    after: (ms, fn) => timers.after(ms, fn),
    fault: (error) => emit({ type: 'platform.fault', where: 'http', error }),
  };
}

function factsOf({ botId, name }: BotRecord): BotFacts {
  return { botId, name, rating, mayPlayRated: true };
}

/** The times of the HTTP requests at the platform's pace. */
export function httpLimitsAt({ scale }: Settings): Partial<HttpLimits> {
  const limits = limitsOf();
  return {
    challengeDecisionTimeoutMs: scale.clock(limits.challengeDecisionTimeoutMs),
    queueDecisionTimeoutMs: scale.clock(limits.queueDecisionTimeoutMs),
    queueTtlMs: scale.clock(limits.queueTtlMs),
    pairAgainMs: scale.clock(limits.pairAgainMs),
    challengeTtlMs: scale.clock(limits.challengeTtlMs),
    capRetryAfterMs: scale.clock(limits.capRetryAfterMs),
  };
}
