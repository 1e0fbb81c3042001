/** `chipzen-agent challenge NAME|house`: asks for a match, as one of the matches of the day. */
import { randomUUID } from 'node:crypto';
import { matchesLeft, withClaim, withMatchOf, withoutClaim } from '../../budget/claims.js';
import { type DayBook, freeTier, type MatchClaim, withDecline } from '../../budget/day-book.js';
import type { DayKeeper } from '../../budget/day-keeper.js';
import { placeClaimId, queueDefaults } from '../../machines/queue.context.js';
import { PlatformRefusedError } from '../../platform/platform-error.js';
import { waitFor } from '../../platform/waiting.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import type { Terminal } from '../surroundings/surroundings.js';
import { type LimitFlag, limitOf } from './day-flags.js';
import type { PlatformFlags } from './platform-flags.js';
import { isTokenRefused, isWithoutEffect } from './refused-how.js';
import { type Asking, withPlatform } from './with-platform.js';

const defaults = {
  /** How long a session of the bot may take to leave the queue: it looks at its day at each renewal. */
  leaveMs: 45_000,
  pollMs: 1_000,
  /** From one look at a challenge to the next. */
  lookMs: 5_000,
  challengeMs: 60_000,
  /** How long a house bot may take to come: its container is started first. */
  houseMs: 240_000,
  /** A bot that declined so recently is not asked again. */
  declinedMs: 24 * 3_600_000,
  /** The longest wait for a platform that wants fewer requests, and how often. */
  longestRetryMs: 120_000,
  tries: 5,
} as const;

export interface ChallengeFlags extends PlatformFlags {
  wait?: boolean;
  /** Ask near a fixture too, and who declined before. */
  anyway?: boolean;
  matchesPerDay?: LimitFlag;
}

/** @returns the exit code: 1 when nothing came of it. */
export function challenge(
  opponent: string,
  flags: ChallengeFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  return withPlatform(flags, { io, clock }, async (asking) => {
    const day = asking.openDay();
    const why = flags.anyway === true ? null : await whyNot(asking, day, opponent);
    if (why !== null) return end(asking, 'not_asked', `${why} --anyway asks all the same.`);
    const taken = await takeMatch(asking, day, { opponent, flags });
    return typeof taken === 'string'
      ? end(asking, 'not_asked', taken)
      : ask(asking, day, { opponent, flags, claim: taken });
  });
}

type Outcome = 'asked' | 'accepted' | 'declined' | 'expired' | 'error' | 'started' | 'not_asked';

const good: ReadonlySet<Outcome> = new Set(['asked', 'accepted', 'started'] as const);

function end({ answer, say, note }: Asking, outcome: Outcome, line: string, more: object = {}): number {
  answer({ outcome, ...more, message: line });
  (good.has(outcome) ? say : note)(line);
  return good.has(outcome) ? exitCodes.done : exitCodes.failed;
}

const houseOf = (opponent: string): { name: string | undefined } | null => {
  const [, name] = /^house(?::(.+))?$/.exec(opponent) ?? [null, null];
  return name === null ? null : { name };
};

/** Why it should not be asked for now, as a sentence; null: it may be. */
async function whyNot(
  { client, signal, wallNow, note, shown }: Asking,
  day: DayKeeper,
  opponent: string,
): Promise<string | null> {
  const now = wallNow();
  const declined = day
    .book()
    .declines.findLast((decline) => decline.by === 'them' && isSame(decline.opponent, opponent));
  if (declined !== undefined && declined.at + defaults.declinedMs > now)
    return `${shown(opponent)} declined a challenge of this bot ${minutesOf(now - declined.at)} ago.`;
  try {
    const fixtures = await client.fixtures.upcoming({ signal });
    const near = fixtures.find(
      ({ startsAt }) => startsAt !== null && startsAt - queueDefaults.quietMs <= now,
    );
    if (near !== undefined)
      return `A fixture of this bot is less than 15 minutes away: the match could run into it.`;
  } catch (error) {
    if (signal.aborted || !(error instanceof PlatformRefusedError) || isTokenRefused(error)) throw error;
    note(`note: the fixtures of this bot are not known (${error.message})`);
  }
  return null;
}

const isSame = (one: string | null, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

const minutesOf = (ms: number): string =>
  ms < 3_600_000 ? `${Math.max(1, Math.floor(ms / 60_000))} min` : `${Math.floor(ms / 3_600_000)} h`;

interface Wanted {
  opponent: string;
  flags: ChallengeFlags;
}

/**
 * Claims a match of the day. A session of the bot that is in the queue sees that, and leaves it: no challenge is sent before.
 *
 * @returns why there is none, as a sentence.
 */
async function takeMatch(
  asking: Asking,
  day: DayKeeper,
  { opponent, flags }: Wanted,
): Promise<MatchClaim | string> {
  const house = houseOf(opponent);
  const limits = {
    matches: flags.matchesPerDay === undefined ? freeTier.matches : limitOf(flags.matchesPerDay),
    lobbyMs: null,
  };
  const at = Math.round(asking.wallNow());
  const lastsMs = house === null ? defaults.challengeMs + queueDefaults.matchDelayMs : defaults.houseMs;
  const claim: MatchClaim = {
    claimId: randomUUID(),
    kind: house === null ? 'challenge' : 'house',
    opponent: house === null ? opponent : (house.name ?? 'house'),
    at,
    voidAt: at + defaults.leaveMs + lastsMs,
  };
  let why: string | null = null;
  await day.change((book, now) => {
    const others = openBeside(book).length === 0 ? 1 : 0;
    const claimed = withClaim(book, claim, { limits, wallNow: now, others });
    why = claimed === null ? whyDenied(book, now, limits.matches) : null;
    return claimed ?? book;
  });
  if (why !== null) return why;
  try {
    await awaitLeaving(asking, day);
  } catch (error) {
    // Nothing was asked for yet.
    await day.change((book) => withoutClaim(book, claim.claimId));
    throw error;
  }
  return claim;
}

/** Until the session of the bot is out of the queue. */
async function awaitLeaving({ client, signal, clock, note }: Asking, day: DayKeeper): Promise<void> {
  const until = clock.now() + defaults.leaveMs;
  for (let book = day.book(), isTold = false; book.claims.length > 1; book = await day.refresh()) {
    if (clock.now() >= until) {
      // No session answers for it any more.
      await client.queue.leave({ signal });
      await day.change((left) => withoutClaim(left, placeClaimId));
      return;
    }
    if (!isTold) note('The bot waits in the queue: its session leaves it first.');
    isTold = true;
    await waitFor(defaults.pollMs, clock, signal);
  }
}

const openBeside = ({ claims }: DayBook): MatchClaim[] =>
  claims.filter(({ claimId }) => claimId !== placeClaimId);

function whyDenied(book: DayBook, now: number, most: number | null): string {
  const [other] = openBeside(book);
  if (other !== undefined) {
    const against = other.opponent === null ? '' : ` against ${other.opponent}`;
    return `A match${against} was asked for already, and may still come: two at once could both begin. Try again in ${Math.ceil((other.voidAt - now) / 1_000)} s.`;
  }
  const limits = { matches: most, lobbyMs: null };
  if (
    matchesLeft(book, limits, now) === 0 &&
    matchesLeft(withoutClaim(book, placeClaimId), limits, now) !== 0
  )
    return 'The last match of the day may come from the queue, where a session of this bot waits: its matches come first. A session that is run with --queue-matches leaves some for challenges.';
  if (matchesLeft(book, limits, now) === 0)
    return 'The matches of the day are used up; the next ones are from 00:00 UTC on. --matches-per-day names another limit.';
  return 'Another match may begin at any moment: try again in a minute.';
}

interface Claimed extends Wanted {
  claim: MatchClaim;
}

function ask(asking: Asking, day: DayKeeper, claimed: Claimed): Promise<number> {
  return houseOf(claimed.opponent) === null
    ? askRemote(asking, day, claimed)
    : askHouse(asking, day, claimed);
}

async function askHouse(asking: Asking, day: DayKeeper, claimed: Claimed): Promise<number> {
  const { client, signal, shown } = asking;
  const name = houseOf(claimed.opponent)?.name;
  const { matchId, opponent } = await send(asking, day, claimed, () =>
    client.challenges.houseBot(name, { signal }),
  );
  const against = shown(opponent ?? 'a house bot');
  const more = { matchId, opponent };
  const onItsWay = `A match against ${against} is on its way: ${matchId}`;
  if (claimed.flags.wait !== true) return end(asking, 'started', onItsWay, more);
  const coming = { claim: claimed.claim, against, more, lastsMs: defaults.houseMs, matchId };
  return toldOpen(asking, onItsWay, () => awaitMatch(asking, day, coming));
}

async function askRemote(asking: Asking, day: DayKeeper, claimed: Claimed): Promise<number> {
  const { client, signal, shown } = asking;
  const { opponent, flags, claim } = claimed;
  const sent = await send(asking, day, claimed, () => client.challenges.create(opponent, { signal }));
  const against = shown(sent.opponentName ?? opponent);
  const { challengeId } = sent;
  const more = { challengeId, opponent: sent.opponentName ?? opponent };
  const seconds = Math.round((sent.expiresInMs ?? defaults.challengeMs) / 1_000);
  if (flags.wait !== true)
    return end(asking, 'asked', `Challenged ${against}; it has ${seconds} s to take it.`, more);
  const open = `The challenge stays open: ${against} has ${seconds} s from the start to take it, and the match then comes to the bot's lobby.`;
  const status = await toldOpen(asking, open, () => outcomeOf(asking, flags, challengeId));
  if (status === 'accepted') {
    const coming = { claim, against, more, lastsMs: queueDefaults.matchDelayMs, matchId: challengeId };
    const onItsWay = `${against} took the challenge: the match comes to the bot's lobby.`;
    return toldOpen(asking, onItsWay, () => awaitMatch(asking, day, coming));
  }
  await day.change((book) => withoutClaim(book, claim.claimId));
  if (status === 'declined') {
    const at = Math.round(asking.wallNow());
    await day.change((book) => withDecline(book, { challengeId, by: 'them', opponent, why: null, at }));
  }
  const line = { declined: `${against} declined.`, expired: `${against} did not answer in time.` };
  return end(
    asking,
    status,
    status === 'error' ? `${against}: the platform could not start the match.` : line[status],
    more,
  );
}

/** What was asked for cannot be taken back: who waits for it no longer is told what may come of it. */
async function toldOpen<T>({ note }: Asking, line: string, wait: () => Promise<T>): Promise<T> {
  try {
    return await wait();
  } catch (error) {
    note(line);
    throw error;
  }
}

/** Without an answer it may have been asked for: the match is its own until nothing can come of it. */
async function send<T>(
  asking: Asking,
  day: DayKeeper,
  { flags, claim }: Claimed,
  request: () => Promise<T>,
): Promise<T> {
  let isOver = false;
  try {
    return await patiently(asking, flags, async () => {
      isOver = false;
      try {
        return await request();
      } catch (error) {
        isOver = isWithoutEffect(error);
        throw error;
      }
    });
  } catch (error) {
    if (isOver) await day.change((book) => withoutClaim(book, claim.claimId));
    throw error;
  }
}

/** With --wait a platform that wants fewer requests is asked again when it says so. */
async function patiently<T>(
  { clock, signal, note }: Asking,
  { wait }: ChallengeFlags,
  request: () => Promise<T>,
): Promise<T> {
  for (let left = wait === true ? defaults.tries : 1; ; left -= 1) {
    try {
      return await request();
    } catch (error) {
      const waitMs =
        error instanceof PlatformRefusedError && error.status === 429 ? (error.retryAfterMs ?? 10_000) : null;
      if (left === 1 || waitMs === null || waitMs > defaults.longestRetryMs) throw error;
      note(`The platform wants fewer requests: asked again in ${Math.ceil(waitMs / 1_000)} s.`);
      await waitFor(Math.max(1_000, waitMs), clock, signal);
    }
  }
}

type ChallengeEnd = 'accepted' | 'declined' | 'expired' | 'error';
const ends: ReadonlySet<string> = new Set<ChallengeEnd>(['accepted', 'declined', 'expired', 'error']);

/** Looks at a challenge until it is over. One that is not listed any more has expired. */
async function outcomeOf(asking: Asking, flags: ChallengeFlags, challengeId: string): Promise<ChallengeEnd> {
  const { client, clock, signal } = asking;
  const until = clock.now() + defaults.challengeMs + queueDefaults.matchDelayMs;
  while (clock.now() < until) {
    await waitFor(defaults.lookMs, clock, signal);
    const { outbound } = await patiently(asking, flags, () => client.challenges.list({ signal }));
    const found = outbound.find((one) => one.challengeId === challengeId);
    if (found === undefined) return 'expired';
    if (ends.has(found.status)) return found.status as ChallengeEnd;
  }
  return 'expired';
}

const hasClaim = ({ claims }: DayBook, { claimId }: MatchClaim): boolean =>
  claims.some((open) => open.claimId === claimId);

interface Coming {
  claim: MatchClaim;
  against: string;
  more: object;
  /** How long it may take to be announced. */
  lastsMs: number;
  /** Under which it is counted where no session does: of a challenge its id, as no other one is known. */
  matchId: string;
}

/**
 * A session of the bot tells of the match in the day book. Where none does, as one of another machine, it is counted here when its
 * time to begin is over: a claim that is left open would refuse the next challenge.
 */
async function awaitMatch(
  asking: Asking,
  day: DayKeeper,
  { claim, against, more, lastsMs, matchId }: Coming,
): Promise<number> {
  const { clock, signal } = asking;
  const until = clock.now() + lastsMs;
  while (clock.now() < until) {
    const { matches } = await day.refresh();
    const match = matches.find((one) => one.claim?.claimId === claim.claimId);
    if (match !== undefined)
      return end(asking, 'started', `The match against ${against} has begun: ${match.matchId}`, {
        ...more,
        matchId: match.matchId,
      });
    await waitFor(defaults.pollMs, clock, signal);
  }
  const counted = { matchId, rated: claim.kind !== 'house', at: Math.round(asking.wallNow()) };
  await day.change((book) => (hasClaim(book, claim) ? withMatchOf(book, counted) : book));
  return end(
    asking,
    'accepted',
    `The match against ${against} has begun or is about to. No session of the bot with this day book has told of it, so that it is counted here.`,
    more,
  );
}
