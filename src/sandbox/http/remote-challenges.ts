/** One remote bot challenges another one by name (docs/protocol.md 7). */
import { type Challenge, createChallengeBook } from './challenge-book.js';
import { type Parts, requireOnline, requireRated } from './dispatch.js';
import { HttpError, stateUnwritable, tooMany } from './http-error.js';
import { secondsOf } from './limits.js';
import type { BotFacts } from './platform.js';
import { botRoute, type Call, maxSelectorLength, type Route } from './routes.js';

const base = '/api/external-api/challenges/remote';

/** Every match of this kind counts for the ladder. */
const rated = true;

export function remoteChallengeRoutes({ platform, limits, dispatch }: Parts): Route[] {
  const { maxOutboundChallenges, maxPendingChallenges, challengeDecisionTimeoutMs, maxListed } = limits;
  const book = createChallengeBook(platform, limits);

  /** @param selector an id, or a name that only one other bot has. */
  function opponentOf(botId: string, selector: string): BotFacts {
    const byId = platform.bot(selector);
    const named = platform.bots().filter(({ name }) => name === selector);
    const target = byId ?? (named.length === 1 ? named[0] : undefined);
    if (target !== undefined && target.botId !== botId) return target;
    const why =
      target !== undefined
        ? 'A bot cannot challenge itself.'
        : named.length > 1
          ? 'Several bots have this name; challenge one by its id.'
          : 'There is no remote bot with this id or name.';
    throw new HttpError('EXTAPI_CHALLENGE_TARGET_NOT_FOUND', why);
  }

  function requireOpponentOnline(botId: string): void {
    if (platform.isOnline(botId)) return;
    throw new HttpError('EXTAPI_CHALLENGE_OPPONENT_OFFLINE', 'The other bot has no live lobby connection.');
  }

  /** @throws {HttpError} 429 when there are too many challenges, with the time until the first of them expires. */
  function requireRoom(botId: string): void {
    const pending = book.pending();
    const own = pending.filter(({ challenger }) => challenger.botId === botId);
    const inTheWay =
      own.length >= maxOutboundChallenges ? own : pending.length >= maxPendingChallenges ? pending : [];
    const [first] = inTheWay;
    if (first === undefined) return;
    const message = `${inTheWay.length} challenges wait for an answer; wait for one to be answered or to expire.`;
    throw tooMany('EXTAPI_CHALLENGE_OUTSTANDING_LIMIT', message, secondsOf(first.expiresAt - platform.now()));
  }

  function requireFree(botId: string, whose?: string): void {
    const refusal = dispatch.refusal(botId, whose);
    if (refusal !== null) throw refusal;
  }

  /** The challenge that this call answers. @throws {HttpError} when this bot may not answer it, or not any more. */
  function pendingFor(botId: string, { params }: Call): Challenge {
    const challenge = book.find(params.get('challenge_id') ?? '');
    if (challenge?.challenged.botId !== botId) {
      throw new HttpError('EXTAPI_CHALLENGE_NOT_FOUND', 'No such challenge was made to your bot.');
    }
    if (challenge.status === 'pending') return challenge;
    throw new HttpError('EXTAPI_CHALLENGE_NOT_PENDING', `The challenge is over: ${challenge.status}.`);
  }

  const opponents = botRoute({ method: 'GET', path: `${base}/opponents` }, ({ botId, mayPlayRated }) => {
    requireRated(mayPlayRated);
    const others = platform
      .bots()
      .filter((bot) => bot.botId !== botId && bot.mayPlayRated && platform.isOnline(bot.botId))
      .slice(-maxListed)
      .map((bot) => ({ bot_id: bot.botId, name: bot.name, rating: bot.rating }));
    return { body: { opponents: others, count: others.length, rated } };
  });

  const offer = botRoute(
    { method: 'POST', path: base, rules: { opponent: { required: true, maxLength: maxSelectorLength } } },
    (bot, { texts }) => {
      const target = opponentOf(bot.botId, texts.get('opponent') ?? '');
      requireRated(bot.mayPlayRated);
      requireRated(target.mayPlayRated, 'The other bot');
      requireOnline(platform, bot.botId);
      requireOpponentOnline(target.botId);
      requireRoom(bot.botId);
      const challenge = book.offer(bot, target);
      return {
        body: { ...answerOf(challenge, target), expires_in_seconds: secondsOf(limits.challengeTtlMs) },
      };
    },
  );

  const poll = botRoute({ method: 'GET', path: base }, ({ botId }) => {
    const all = book.all();
    const inbound = all.filter(({ challenged }) => challenged.botId === botId).slice(0, maxListed);
    const outbound = all.filter(({ challenger }) => challenger.botId === botId).slice(0, maxListed);
    return {
      body: {
        inbound: inbound.map((each) => entryOf(each, 'inbound', platform.now())),
        outbound: outbound.map((each) => entryOf(each, 'outbound', platform.now())),
      },
    };
  });

  const accept = botRoute(
    { method: 'POST', path: `${base}/{challenge_id}/accept` },
    ({ botId, mayPlayRated }, call) => {
      const challenge = pendingFor(botId, call);
      const { challengeId, challenger } = challenge;
      requireRated(mayPlayRated);
      requireOnline(platform, botId);
      if (!platform.isOnline(challenger.botId))
        book.end(challengeId, 'error', 'The challenger went offline.');
      requireOpponentOnline(challenger.botId);
      requireFree(botId);
      requireFree(challenger.botId, 'The challenger');
      try {
        dispatch.start({
          players: [{ botId: challenger.botId }, { botId }],
          origin: 'challenge',
          rated,
          decisionTimeoutMs: challengeDecisionTimeoutMs,
        });
      } catch (error) {
        // What could not be written did not happen: it can be accepted again.
        const isUnwritten = error instanceof HttpError && error.code === stateUnwritable().code;
        if (!isUnwritten) book.end(challengeId, 'error', 'The match could not be started.');
        throw error;
      }
      book.end(challengeId, 'accepted');
      return { body: answerOf({ ...challenge, status: 'accepted' }, challenger) };
    },
  );

  const decline = botRoute({ method: 'POST', path: `${base}/{challenge_id}/decline` }, ({ botId }, call) => {
    const challenge = pendingFor(botId, call);
    book.end(challenge.challengeId, 'declined');
    return { body: answerOf({ ...challenge, status: 'declined' }, challenge.challenger) };
  });

  return [opponents, offer, poll, accept, decline];
}

function answerOf({ challengeId, status }: Challenge, opponent: Pick<BotFacts, 'botId' | 'name'>) {
  return {
    challenge_id: challengeId,
    status,
    opponent_bot_id: opponent.botId,
    opponent_name: opponent.name,
    rated,
  };
}

function entryOf(challenge: Challenge, direction: 'inbound' | 'outbound', now: number) {
  const { challenger, challenged, status, expiresAt, detail } = challenge;
  return {
    ...answerOf(challenge, direction === 'inbound' ? challenger : challenged),
    direction,
    expires_in_seconds: status === 'pending' ? secondsOf(expiresAt - now) : 0,
    detail,
  };
}
