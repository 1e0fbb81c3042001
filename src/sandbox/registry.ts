/** Who may play, and which matches there are. */
import { randomInt, randomUUID } from 'node:crypto';
import { OptionError } from '../protocol/errors.js';
import type { BotRecord } from './bot-record.js';
import type { MatchRun } from './match-run.js';

const defaults = {
  /** Matches that are over are remembered up to this number, the oldest go first. */
  keepEndedMatches: 1_000,
  tokenPrefix: 'cz_extbot_',
  tokenLength: 32,
  maxNameLength: 64,
  maxIdLength: 128,
  maxTokenLength: 512,
} as const;

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** What fits a subprotocol header (RFC 9110 5.6.2). */
const tokenPattern = /^[\w!#$%&'*+.^`|~-]+$/;

/** What a bot may be given; everything has a default. */
export interface NewBot {
  /** Shown to its opponents. Default: `bot-N`. */
  name?: string;
  /** Default: a random UUID. */
  botId?: string;
  /** Default: a random one of the platform's shape. */
  token?: string;
}

export interface Registry {
  /** @throws {OptionError} for an id or token that cannot be used or is taken. */
  addBot(bot: NewBot): BotRecord;
  bot(botId: string): BotRecord | undefined;
  botByToken(token: string): BotRecord | undefined;
  addMatch(run: MatchRun): void;
  match(matchId: string): MatchRun | undefined;
  matches(): MatchRun[];
  /** To be called when a match is over. */
  retire(matchId: string): void;
}

export function createRegistry(): Registry {
  const bots = new Map<string, BotRecord>();
  const byToken = new Map<string, BotRecord>();
  const matches = new Map<string, MatchRun>();
  const ended: string[] = [];

  return {
    addBot({ name = `bot-${bots.size + 1}`, botId = randomUUID(), token = randomToken() }) {
      requireText('name', name, defaults.maxNameLength);
      requireText('botId', botId, defaults.maxIdLength);
      requireText('token', token, defaults.maxTokenLength);
      if (bots.has(botId)) throw new OptionError('botId', `There is a bot ${botId} already.`);
      if (byToken.has(token)) throw new OptionError('token', 'Another bot has this token already.');
      if (!tokenPattern.test(token)) {
        throw new OptionError(
          'token',
          'The token must consist of letters, digits and the signs HTTP tokens have.',
        );
      }
      const record: BotRecord = { botId, name, token, revoked: false };
      bots.set(botId, record);
      byToken.set(token, record);
      return record;
    },
    bot: (botId) => bots.get(botId),
    botByToken: (token) => byToken.get(token),
    addMatch(run) {
      matches.set(run.matchId, run);
    },
    match: (matchId) => matches.get(matchId),
    matches: () => [...matches.values()],
    retire(matchId) {
      ended.push(matchId);
      const oldest = ended.length > defaults.keepEndedMatches ? ended.shift() : undefined;
      if (oldest !== undefined) matches.delete(oldest);
    },
  };
}

function randomToken(): string {
  const characters = Array.from({ length: defaults.tokenLength }, () => base62[randomInt(base62.length)]);
  return defaults.tokenPrefix + characters.join('');
}

function requireText(name: string, value: unknown, maxLength: number): void {
  if (typeof value === 'string' && value !== '' && value.length <= maxLength) return;
  throw new OptionError(name, `The option ${name} must be text of 1 to ${maxLength} characters.`);
}
