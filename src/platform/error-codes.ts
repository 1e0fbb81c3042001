/** What the error codes of the platform mean, and what to do about each (docs/protocol.md 7). */

/** One sentence a code. The platform's own `message` may say more, and may change. */
const sentences: Readonly<Record<string, string>> = {
  // The bot's token.
  EXTAPI_INVALID_TOKEN:
    'The platform does not take this token: check that it belongs to this bot and this deployment (tokens of prod and staging differ), and was not revoked.',
  EXTAPI_MATCHMAKING_INELIGIBLE:
    'One of the two bots may not play rated matches, or both are of one account; choose another opponent, or look at the bot on its page.',
  // Matches that a bot asks for.
  EXT_BOT_OFFLINE:
    'The platform does not see your bot in its lobby: connect it first, and if its connection looks open, drop it and dial again.',
  EXTAPI_HOUSE_BOT_NOT_FOUND:
    'There is no house bot of this name or id; leave the opponent out to get the default one.',
  EXTAPI_CHALLENGE_TARGET_NOT_FOUND:
    'No bot that you can challenge has this name or id; list the opponents to see who is online.',
  EXTAPI_CHALLENGE_NOT_FOUND:
    'There is no such challenge for your bot; list the challenges to see those that wait.',
  EXTAPI_CHALLENGE_NOT_PENDING:
    'This challenge is over already, or has expired; list the challenges, or make a new one.',
  EXTAPI_CHALLENGE_OPPONENT_OFFLINE: 'The other bot is not in its lobby; challenge it when it is online.',
  EXTAPI_CHALLENGE_OUTSTANDING_LIMIT:
    'Too many challenges wait for an answer; wait until one is answered or expires.',
  CROSS_DIVISION_RANKED_NOT_ALLOWED:
    'Rated matches between uploaded and remote bots are not played; choose an opponent of your own division.',
  EXTAPI_DISPATCH_FAILED: 'The platform could not start the match; ask again.',
  // Limits.
  TOKEN_AT_CONCURRENT_MATCH_CAP:
    'Your bot is in as many matches at a time as its token may have; wait for one to end.',
  FREE_TIER_LIMIT_EXCEEDED:
    'A daily limit of the free tier is used up (matches or lobby hours); it starts again at 00:00 UTC, and season fixtures are played all the same.',
  CHALLENGE_QUOTA_EXCEEDED:
    'The matches of the day are used up (queue, challenges and house bots together); they start again at 00:00 UTC, and season fixtures are played all the same.',
  RATE_001:
    'Too many requests in too short a time: wait as long as the answer says, or half a minute, since every further one makes the pause longer.',
  // The account and what is public.
  AUTH_001: 'The login has expired or is wrong; log in again and use the new access token.',
  AUTH_002: 'The access of this login was revoked; log in again, or ask the platform.',
  AUTH_003: 'This login may not do that; use the account that owns the bot.',
  USER_001: 'The account waits for its approval by the platform.',
  USER_002: 'The platform does not know this user.',
  USER_003: 'Guests cannot ask for this; log in with a full account.',
  GAME_001: 'The house bot is not available; try again later.',
  GAME_002: 'There is no such game session.',
  GAME_003: 'There is no such difficulty.',
  GAME_004: 'The platform has no game of this name.',
  GAME_005: 'There is no match with this id, or no record of it: walkovers leave none.',
  GAME_006: 'Your account did not play in this match.',
  GAME_007: 'The feedback for this match was sent already.',
  BOT_001: 'There is no such bot, or it is not active.',
  BOT_002: 'The bot could not be built; read its build log on the platform.',
  BOT_003: 'The bot took too long to start.',
  BOT_004: 'The container of the bot could not be started; try again.',
  GEO_001: 'The platform takes no accounts from this region.',
  GEO_002: 'The platform takes no accounts from this region, or does not know which it is.',
  INTERNAL_001: 'The platform had an error of its own; try again, and report the request id if it stays.',
  // The request itself.
  REQUEST_BAD_JSON: 'The body of the request is not JSON that the platform can read.',
  REQUEST_BAD_FIELD: 'A field of the request is missing, unexpected or has the wrong form.',
  REQUEST_BAD_CONTENT_TYPE: 'The body of the request has to be sent as application/json.',
  REQUEST_TOO_LARGE: 'The body of the request is too large.',
  REQUEST_TIMEOUT: 'The body of the request took too long to arrive; send it again.',
  REQUEST_NOT_FOUND: 'The platform has nothing at this path; check the base URL.',
  REQUEST_METHOD_NOT_ALLOWED: 'The platform has this path, but not for this method.',
  // The local platform's own.
  RECORD_NOT_FOUND: 'There is no record of this match or bot, or the match is still played.',
  SANDBOX_RECORD_FORGOTTEN: 'The local platform no longer keeps the hands of this match.',
  SANDBOX_LOCAL_ONLY: 'The local platform takes this request only from programs on its own machine.',
  SANDBOX_WRONG_HOST: 'The local platform was addressed by a foreign name; use 127.0.0.1 or localhost.',
  SANDBOX_BOT_NOT_FOUND: 'The local platform has no such bot.',
  SANDBOX_TOKEN_NOT_FOUND: 'Your bot has no token with this id; list its tokens.',
  SANDBOX_LIMIT_REACHED: 'The local platform has no room for another one; remove one first.',
  SANDBOX_QUEUE_FULL: 'The queue of the local platform is full; try again later.',
  SANDBOX_STATE_UNWRITABLE:
    'The local platform cannot write its state file, so nothing was made; make room on the disk, and ask again.',
  SANDBOX_CLOSED: 'The local platform is closing.',
};

/** Without a code, or with one that is not known. */
const sentencesOfStatus: Readonly<Record<number, string>> = {
  400: 'The platform does not take this request as it is.',
  401: 'This request needs a login: a valid token, or that of the account.',
  403: 'This request is not allowed, or needs a login: with no token try one, and see that the request names its program.',
  404: 'There is nothing of this kind or id, or this deployment does not have the request.',
  405: 'This deployment does not have the request.',
  408: 'The platform did not get the request in time; send it again.',
  409: 'The request does not fit what the platform has at the moment.',
  413: 'The request is too large.',
  422: 'A field of the request is missing, unexpected or has the wrong form.',
  429: 'Too many requests: wait before the next one.',
  502: 'The platform is out of order behind its front; try again.',
  503: 'The platform is closed for the moment; try again later.',
  504: 'The platform took too long behind its front; try again.',
};

/** Codes that the client can explain. */
export const explainedCodes: readonly string[] = Object.keys(sentences);

/** What a refusal means and what to do, in one sentence. @param code null: the platform gave none. */
export function explainRefusal(code: string | null, status: number): string {
  if (code !== null && Object.hasOwn(sentences, code)) return sentences[code] ?? '';
  return (
    sentencesOfStatus[status] ??
    (status >= 500
      ? 'The platform had an error of its own; try again later.'
      : 'The platform refused the request.')
  );
}
