/** Who may play: the bots of the platform and their tokens. */
import { randomInt, randomUUID } from 'node:crypto';
import { tokenLength, tokenPrefix } from '../../protocol/credential.js';
import { OptionError } from '../../protocol/errors.js';
import type { BotRecord, TokenRecord } from '../terms/bot-record.js';
import { type Journal, noJournal } from './journal.js';
import type { Digest } from './journal-digest.js';
import type { JournalEntry } from './journal-entry.js';

const defaults = {
  maxBots: 10_000,
  maxTokens: 20_000,
  /** When there are too many tokens, only so many revoked ones are kept. */
  keepRevokedTokens: 1_000,
  /** Ids that have another meaning in a URL. */
  unusableIds: ['.', '..'],
  maxNameLength: 64,
  maxIdLength: 128,
  maxTokenLength: 512,
} as const;

/** Half of a surrogate pair, which no URL can contain. */
const loneSurrogate = /\p{Surrogate}/u;

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** What a subprotocol header can carry (RFC 9110 5.6.2). */
const tokenPattern = /^[\w!#$%&'*+.^`|~-]+$/;

/** Options of a new bot; all have defaults. */
export interface NewBot {
  /** Shown to its opponents. Default: `bot-N`. */
  name?: string;
  /** Default: a random UUID. */
  botId?: string;
  /** Default: a random one in the platform's format. */
  token?: string;
}

export interface Accounts {
  /**
   * @throws {OptionError} for an id or token that cannot be used or is taken, and when there are too many bots.
   * @throws {StateWriteError} when the journal cannot take it; there is no such bot then.
   */
  addBot(bot: NewBot): TokenRecord;
  /**
   * Makes another token for a bot.
   *
   * @param replaced a token that is revoked with it: both are written, or neither.
   * @throws {OptionError} when there are too many.
   * @throws {StateWriteError} when the journal cannot take it; there is no such token then.
   */
  addToken(bot: BotRecord, replaced?: TokenRecord): TokenRecord;
  /** Adds the bots and tokens of an earlier run, which are in the journal already. */
  restore(digest: Pick<Digest, 'bots' | 'tokens'>): void;
  bot(botId: string): BotRecord | undefined;
  bots(): BotRecord[];
  /** Finds a token, also a revoked one. */
  token(token: string): TokenRecord | undefined;
  tokenById(tokenId: string): TokenRecord | undefined;
  /** The tokens of a bot that are not revoked. */
  tokensOf(botId: string): TokenRecord[];
}

/**
 * @param journal gets new bots and tokens.
 * @param wallNow epoch milliseconds on the wall clock.
 */
export function createAccounts(journal: Journal = noJournal, wallNow: () => number = Date.now): Accounts {
  const bots = new Map<string, BotRecord>();
  const tokens = new Map<string, TokenRecord>();
  const tokensById = new Map<string, TokenRecord>();

  /** It is good when it was written and kept. */
  function newToken(bot: BotRecord, token: string): TokenRecord {
    requireText('token', token, defaults.maxTokenLength);
    if (tokens.has(token)) throw new OptionError('token', 'Another bot has this token already.');
    if (tokens.size >= defaults.maxTokens) forgetRevoked();
    if (tokens.size >= defaults.maxTokens) {
      throw new OptionError('token', `There are ${defaults.maxTokens} tokens already. Restart the sandbox.`);
    }
    if (!tokenPattern.test(token)) {
      throw new OptionError(
        'token',
        'The token must consist of letters, digits and the signs HTTP tokens have.',
      );
    }
    return { tokenId: randomUUID(), bot, token, createdAt: wallNow(), revoked: false };
  }

  function keep(record: TokenRecord): void {
    tokens.set(record.token, record);
    tokensById.set(record.tokenId, record);
  }

  /** Keeps only the tokens that were revoked last, so that their holders still learn that they were revoked. */
  function forgetRevoked(): void {
    const revoked = [...tokens.values()].filter((record) => record.revoked);
    for (const { token, tokenId } of revoked.slice(0, -defaults.keepRevokedTokens)) {
      tokens.delete(token);
      tokensById.delete(tokenId);
    }
  }

  return {
    addBot({ name = `bot-${bots.size + 1}`, botId = randomUUID(), token = randomToken() }) {
      requireText('name', name, defaults.maxNameLength);
      requireText('botId', botId, defaults.maxIdLength);
      if (defaults.unusableIds.some((id) => id === botId) || loneSurrogate.test(botId)) {
        throw new OptionError('botId', 'The option botId must be text that a URL can hold.');
      }
      if (bots.has(botId)) throw new OptionError('botId', `There is a bot ${botId} already.`);
      if (bots.size >= defaults.maxBots) {
        throw new OptionError('botId', `There are ${defaults.maxBots} bots already. Restart the sandbox.`);
      }
      const bot = { botId, name };
      const record = newToken(bot, token);
      journal.write({ t: 'bot', botId, name }, entryOf(record));
      bots.set(botId, bot);
      keep(record);
      return record;
    },
    addToken(bot, replaced) {
      const record = newToken(bot, randomToken());
      journal.write(
        entryOf(record),
        ...(replaced === undefined ? [] : [{ t: 'revoked' as const, tokenId: replaced.tokenId }]),
      );
      if (replaced !== undefined) replaced.revoked = true;
      keep(record);
      return record;
    },
    restore({ bots: known, tokens: issued }) {
      for (const { botId, name } of known) bots.set(botId, { botId, name });
      for (const { botId, tokenId, token, createdAt = null, revoked } of issued) {
        const bot = bots.get(botId);
        if (bot !== undefined) keep({ tokenId, bot, token, createdAt, revoked });
      }
    },
    bot: (botId) => bots.get(botId),
    bots: () => [...bots.values()],
    token: (token) => tokens.get(token),
    tokenById: (tokenId) => tokensById.get(tokenId),
    tokensOf: (botId) => [...tokens.values()].filter(({ bot, revoked }) => bot.botId === botId && !revoked),
  };
}

function entryOf({ bot: { botId }, tokenId, token, createdAt }: TokenRecord): JournalEntry {
  return { t: 'token', botId, tokenId, token, ...(createdAt !== null && { createdAt }) };
}

function randomToken(): string {
  const characters = Array.from({ length: tokenLength }, () => base62[randomInt(base62.length)]);
  return tokenPrefix + characters.join('');
}

function requireText(name: string, value: unknown, maxLength: number): void {
  if (typeof value === 'string' && value !== '' && value.length <= maxLength) return;
  throw new OptionError(name, `The option ${name} must be text of 1 to ${maxLength} characters.`);
}
