/** The queue, challenges and fixtures of a bot (docs/protocol.md 7). */

import { isObject } from '../protocol/checks.js';
import { OptionError } from '../protocol/errors.js';
import { type Caller, type CallOptions, needed, objectOf, segmentOf } from './caller.js';
import {
  type Fixture,
  type HouseMatch,
  type QueuePlace,
  type RemoteChallenge,
  type RemoteOpponent,
  readChallenge,
  readFixture,
  readHouseMatch,
  readOpponent,
  readQueuePlace,
} from './read-answers.js';
import type { PlatformAnswer } from './requests.js';

const api = '/api/external-api';

/** The queue for rated matches. The bot has to be in its lobby, where `matched` comes. */
export interface QueueClient {
  /** Enters the queue, or refreshes the place in it. Not to be called while a match is played. */
  join(options?: CallOptions): Promise<QueuePlace>;
  status(options?: CallOptions): Promise<QueuePlace>;
  leave(options?: CallOptions): Promise<QueuePlace>;
}

/** Matches that a bot asks for by name. They arrive as `matched` in the lobby. */
export interface ChallengesClient {
  /** An unrated match. @param opponent a name or an id. Default: the platform's choice. */
  houseBot(opponent?: string, options?: CallOptions): Promise<HouseMatch>;
  /** Who can be challenged now. */
  opponents(options?: CallOptions): Promise<RemoteOpponent[]>;
  /** Challenges of this bot, also those that are over. */
  list(options?: CallOptions): Promise<{ inbound: RemoteChallenge[]; outbound: RemoteChallenge[] }>;
  /** @param opponent a name or an id. */
  create(opponent: string, options?: CallOptions): Promise<RemoteChallenge>;
  accept(challengeId: string, options?: CallOptions): Promise<RemoteChallenge>;
  decline(challengeId: string, options?: CallOptions): Promise<RemoteChallenge>;
}

/** The matches of seasons, which begin at times that the platform sets. */
export interface FixturesClient {
  /**
   * The fixtures of this bot's seasons, the next first. One that opens leaves the list at once. A fixture without a time
   * that can be read is the last: look at its `startsAtText`.
   */
  upcoming(options?: CallOptions): Promise<Fixture[]>;
}

export function createQueueClient(caller: Caller): QueueClient {
  const path = `${api}/matchmaking`;
  const ask = async (method: 'GET' | 'POST', step: string, options: CallOptions | undefined) => {
    const request = { method, path: `${path}/${step}`, credential: 'bot' as const };
    const answer = await caller.ask(method === 'GET' ? request : { ...request, body: {} }, options);
    return needed(readQueuePlace(objectOf(answer)), answer.where, 'an answer of the queue: it has no status');
  };
  return {
    join: (options) => ask('POST', 'join', options),
    status: (options) => ask('GET', 'status', options),
    leave: (options) => ask('POST', 'leave', options),
  };
}

export function createChallengesClient(caller: Caller): ChallengesClient {
  const path = `${api}/challenges`;

  const post = (step: string, body: object, options: CallOptions | undefined) =>
    caller.ask({ method: 'POST', path: `${path}/${step}`, body, credential: 'bot' }, options);

  const change = async (step: string, body: object, options: CallOptions | undefined) => {
    const answer = await post(step, body, options);
    return needed(readChallenge(objectOf(answer)), answer.where, 'a challenge: it has no id or no status');
  };

  return {
    async houseBot(opponent, options) {
      const answer = await post(
        'house-bot',
        opponent === undefined ? {} : { opponent: named(opponent) },
        options,
      );
      return needed(readHouseMatch(objectOf(answer)), answer.where, 'a match: it has no match_id');
    },
    opponents: async (options) =>
      caller.askList(
        {
          path: `${path}/remote/opponents`,
          credential: 'bot',
          names: ['opponents', 'bots'],
          what: 'a list of opponents',
          read: readOpponent,
        },
        options,
      ),
    async list(options) {
      const answer = await caller.ask({ method: 'GET', path: `${path}/remote`, credential: 'bot' }, options);
      const { inbound, outbound } = bothWays(answer, caller);
      const rows = (list: unknown) =>
        needed(
          caller.rows(list, answer, readChallenge),
          answer.where,
          `${challenges}: "inbound" and "outbound"`,
        );
      return { inbound: rows(inbound), outbound: rows(outbound) };
    },
    create: async (opponent, options) => change('remote', { opponent: named(opponent) }, options),
    accept: async (challengeId, options) =>
      change(`remote/${segmentOf(challengeId, 'challengeId')}/accept`, {}, options),
    decline: async (challengeId, options) =>
      change(`remote/${segmentOf(challengeId, 'challengeId')}/decline`, {}, options),
  };
}

export function createFixturesClient(caller: Caller): FixturesClient {
  return {
    async upcoming(options) {
      const fixtures = await caller.askList(
        {
          path: `${api}/fixtures/upcoming`,
          credential: 'bot',
          names: ['fixtures', 'upcoming', 'upcoming_fixtures'],
          what: 'a list of fixtures',
          read: readFixture,
        },
        options,
      );
      const last = Number.POSITIVE_INFINITY;
      return fixtures.toSorted((one, other) => compare(one.startsAt ?? last, other.startsAt ?? last));
    },
  };
}

const challenges = 'a list of challenges';

/** Two lists, or one whose entries say which way they go. */
function bothWays(answer: PlatformAnswer, caller: Caller): { inbound: unknown; outbound: unknown } {
  const body = isObject(answer.value) ? answer.value : {};
  const holder = [body, body['data']].filter(isObject).find((one) => 'inbound' in one || 'outbound' in one);
  if (holder !== undefined) {
    if (holder !== body) caller.tellPlace(answer, 'data.inbound', 'inbound');
    return { inbound: holder['inbound'], outbound: holder['outbound'] };
  }
  const { list } = caller.list(answer, ['challenges'], challenges);
  const ways = (way: string) => list.filter((row) => isObject(row) && row['direction'] === way);
  const [inbound, outbound] = [ways('inbound'), ways('outbound')];
  const isClear = inbound.length + outbound.length === list.length;
  return needed(
    isClear ? { inbound, outbound } : null,
    answer.where,
    `${challenges}: not all entries have the "direction" "inbound" or "outbound"`,
  );
}

/** Not a difference: that of two infinities is not a number. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function named(opponent: string): string {
  if (typeof opponent === 'string' && opponent !== '') return opponent;
  throw new OptionError('opponent', 'The opponent must be the name or id of a bot.');
}
