/** The public records over HTTP (docs/protocol.md 7): matches, their hands and replays, bots. */
import { maxHandsPerPage, maxMatchesPerPage } from '../../protocol/http-records.js';
import type { PlayedMatch } from '../../records/played-match.js';
import { botAnswer, handRow, matchRow, replayAnswer } from '../../records/record-rows.js';
import { houseBotId } from '../terms/house-bot-id.js';
import type { Parts } from './dispatch.js';
import { HttpError } from './http-error.js';
import { createRecordPace } from './record-pace.js';
import { type Call, openRoute, type Route } from './routes.js';

const defaults = { matchesPerPage: 20 } as const;

export function recordRoutes({ platform, limits }: Pick<Parts, 'platform' | 'limits'>): Route[] {
  const { records } = platform;
  const refusalOf = createRecordPace(() => platform.now(), limits);

  /** A route that is paced: all of them have one limit. */
  function recordRoute(path: string, body: (call: Call) => object): Route {
    return openRoute(path, (call) => {
      const refusal = refusalOf(call.caller);
      if (refusal !== null) throw refusal;
      return { body: body(call) };
    });
  }

  function matchOf({ params }: Call): PlayedMatch {
    const match = records.match(params.get('match_id') ?? '');
    if (match !== undefined) return match;
    throw new HttpError('RECORD_NOT_FOUND', 'There is no record of such a match.');
  }

  /** @throws {HttpError} while it is played: its cards are nobody's business yet. */
  function handsOf(call: Call): PlayedMatch {
    const match = matchOf(call);
    if (match.outcome === null) {
      throw new HttpError(
        'RECORD_NOT_FOUND',
        'The match is still played; its hands are shown when it is over.',
      );
    }
    if (!match.isForgotten) return match;
    throw new HttpError(
      'SANDBOX_RECORD_FORGOTTEN',
      'The hands of this match are no longer kept; raise the option keepHands to keep more.',
    );
  }

  const matches = recordRoute('/api/matches', ({ query }) => {
    const found = records.matches().filter(isAskedFor(query));
    const page = pageOf(query, { usual: defaults.matchesPerPage, most: maxMatchesPerPage });
    return { total: found.length, matches: page(found).map((match) => matchRow(match)) };
  });

  const match = recordRoute('/api/matches/{match_id}', (call) =>
    matchRow(matchOf(call), { withHandsWon: true }),
  );

  const hands = recordRoute('/api/matches/{match_id}/hands', (call) => {
    const played = handsOf(call).hands;
    const page = pageOf(call.query, { usual: maxHandsPerPage, most: maxHandsPerPage });
    return { total: played.length, hands: page(played).map(handRow) };
  });

  const replay = recordRoute('/api/matches/{match_id}/replay', (call) =>
    replayAnswer(handsOf(call), platform.replayRaises),
  );

  const bot = recordRoute('/api/bots/{bot_id}', ({ params }) => {
    const botId = params.get('bot_id') ?? '';
    const isRemote = platform.bot(botId) !== undefined;
    if (!isRemote && !platform.houseBots().some((name) => houseBotId(name) === botId)) {
      throw new HttpError('RECORD_NOT_FOUND', 'There is no such bot.');
    }
    return botAnswer(records.standing(botId), isRemote ? 'external_api' : 'house');
  });

  return [matches, match, hands, replay, bot];
}

function isAskedFor(query: URLSearchParams): (match: PlayedMatch) => boolean {
  const botId = query.get('bot_id');
  const gameType = query.get('game_type') ?? 'poker';
  return ({ seats }) =>
    gameType === 'poker' && (botId === null || seats.some((seat) => seat.botId === botId));
}

/** Cuts a page out of a list. `limit` is another word for `page_size`. */
function pageOf(query: URLSearchParams, { usual, most }: { usual: number; most: number }) {
  const page = countOf(query, 'page') ?? 1;
  const size = Math.min(most, countOf(query, 'page_size') ?? countOf(query, 'limit') ?? usual);
  return <T>(list: readonly T[]): T[] => list.slice((page - 1) * size, page * size);
}

/** @throws {HttpError} */
function countOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1) return value;
  throw new HttpError('REQUEST_BAD_FIELD', `The parameter ${name} must be a whole number from 1.`);
}
