/** `chipzen-agent opponents`, `challenges`, `accept` and `queue`: what there is to ask the platform for, and answers. */
import { withClaim, withoutClaim } from '../../budget/claims.js';
import { freeTier } from '../../budget/day-book.js';
import { placeClaimId, queueDefaults } from '../../machines/queue.context.js';
import { PlatformRefusedError } from '../../platform/platform-error.js';
import type { RemoteChallenge } from '../../platform/read-answers.js';
import { waitFor } from '../../platform/waiting.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import type { Terminal } from '../surroundings/surroundings.js';
import { type LimitFlag, limitOf } from './day-flags.js';
import type { PlatformFlags } from './platform-flags.js';
import { printedTable } from './printed-table.js';
import { isWithoutEffect } from './refused-how.js';
import { type Asking, withPlatform } from './with-platform.js';

export function showOpponents(
  flags: PlatformFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  return withPlatform(flags, { io, clock }, async ({ client, signal, answer, say, shown }) => {
    const opponents = await client.challenges.opponents({ signal });
    answer({ opponents });
    if (flags.json === true) return exitCodes.done;
    if (opponents.length === 0)
      say(
        'Nobody can be challenged at the moment. A house bot comes at any time: chipzen-agent challenge house.',
      );
    else {
      const table = printedTable(
        { heading: 'opponent', short: 'opponent', cells: opponents.map(({ name }) => shown(name)) },
        [
          {
            heading: 'rating',
            short: 'rating',
            cells: opponents.map(({ rating }) => (rating === null ? '-' : String(Math.round(rating)))),
          },
          { heading: 'id', short: 'id', cells: opponents.map(({ botId }) => shown(botId ?? '-')) },
        ],
        io.screen?.size().columns,
      );
      for (const line of table) say(line);
    }
    return exitCodes.done;
  });
}

const seconds = (ms: number | null): string =>
  ms === null ? '-' : `${Math.max(0, Math.round(ms / 1_000))} s`;

export function showChallenges(
  flags: PlatformFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  return withPlatform(flags, { io, clock }, async ({ client, signal, answer, say, shown }) => {
    const { inbound, outbound } = await client.challenges.list({ signal });
    answer({ inbound, outbound });
    if (flags.json === true) return exitCodes.done;
    const rows = [
      ...inbound.map((row) => ({ row, direction: 'from' })),
      ...outbound.map((row) => ({ row, direction: 'to' })),
    ];
    const column = (heading: string, cellOf: (row: RemoteChallenge) => string) => ({
      heading,
      short: heading,
      cells: rows.map(({ row }) => cellOf(row)),
    });
    if (rows.length === 0) say('There are no challenges.');
    else {
      const table = printedTable(
        {
          heading: 'challenge',
          short: 'challenge',
          cells: rows.map(
            ({ row, direction }) => `${direction} ${shown(row.opponentName ?? row.opponentBotId ?? '?')}`,
          ),
        },
        [
          column('status', ({ status }) => shown(status)),
          column('expires', ({ status, expiresInMs }) => (status === 'pending' ? seconds(expiresInMs) : '-')),
          column('id', ({ challengeId }) => shown(challengeId)),
        ],
        io.screen?.size().columns,
      );
      for (const line of table) say(line);
    }
    return exitCodes.done;
  });
}

export interface AcceptFlags extends PlatformFlags {
  /** Seconds. */
  wait?: number;
  matchesPerDay?: LimitFlag;
}

const acceptDefaults = { lookMs: 5_000 } as const;

/** Takes one challenge: two at once would be two matches at once. @returns 1 when there was none to take. */
export function acceptChallenge(
  names: readonly string[],
  flags: AcceptFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  const isAll = names.some((name) => name.toLowerCase() === 'all');
  const isNamed = ({ opponentName }: RemoteChallenge) =>
    isAll || names.some((name) => name.toLowerCase() === opponentName?.toLowerCase());
  return withPlatform(flags, { io, clock }, async (asking) => {
    const { client, signal, note } = asking;
    const until = clock.now() + (flags.wait ?? 0) * 1_000;
    for (;;) {
      const { inbound } = await client.challenges.list({ signal });
      const open = inbound.filter((one) => one.status === 'pending' && isNamed(one));
      for (const offer of open) {
        const code = await take(asking, flags, offer);
        if (code !== null) return code;
      }
      if (clock.now() + acceptDefaults.lookMs > until) break;
      await waitFor(acceptDefaults.lookMs, clock, signal);
    }
    asking.answer({ accepted: null });
    note('There is no challenge to take.');
    return exitCodes.failed;
  });
}

/** @returns the exit code; null when this one is over, and another may be taken. */
async function take(asking: Asking, flags: AcceptFlags, offer: RemoteChallenge): Promise<number | null> {
  const { client, signal, wallNow, answer, say, note, shown } = asking;
  const { challengeId, opponentName } = offer;
  const day = asking.openDay();
  const limits = {
    matches: flags.matchesPerDay === undefined ? freeTier.matches : limitOf(flags.matchesPerDay),
    lobbyMs: null,
  };
  const at = Math.round(wallNow());
  const voidAt = at + queueDefaults.placeTtlMs + queueDefaults.matchDelayMs;
  let isClaimed = false;
  await day.change((book, now) => {
    const claim = { claimId: challengeId, kind: 'accepted' as const, opponent: opponentName, at, voidAt };
    const claimed = withClaim(book, claim, { limits, wallNow: now });
    isClaimed = claimed !== null;
    return claimed ?? book;
  });
  if (!isClaimed) {
    answer({ accepted: null });
    note(
      'No challenge is taken: the matches of the day are used up, or another match was asked for and may come (run --accept takes challenges from the queue as well).',
    );
    return exitCodes.failed;
  }
  try {
    await client.challenges.accept(challengeId, { signal });
  } catch (error) {
    if (isWithoutEffect(error)) await day.change((book) => withoutClaim(book, challengeId));
    if (!(error instanceof PlatformRefusedError)) throw error;
    if (
      error.errorCode !== 'EXTAPI_CHALLENGE_NOT_PENDING' &&
      error.errorCode !== 'EXTAPI_CHALLENGE_NOT_FOUND'
    )
      throw error;
    note(error.message);
    return null;
  }
  answer({ accepted: offer });
  say(`Took the challenge of ${shown(opponentName ?? 'a bot')}: the match comes to the bot's lobby.`);
  return exitCodes.done;
}

/** Says where the bot is in the queue. */
export function showQueue(
  flags: PlatformFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  return withPlatform(flags, { io, clock }, async ({ client, signal, answer, say, shown }) => {
    const place = await client.queue.status({ signal });
    answer(place);
    if (flags.json === true) return exitCodes.done;
    const { status, position, waitingMs } = place;
    say(
      status === 'queued'
        ? `In the queue${position === null ? '' : `, place ${position}`}${waitingMs === null ? '' : `, since ${seconds(waitingMs)}`}.`
        : `Not in the queue (${shown(status)}).`,
    );
    return exitCodes.done;
  });
}

export function leaveQueue(
  flags: PlatformFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  return withPlatform(
    flags,
    { io, clock },
    async ({ client, signal, answer, say, openDay, wallNow, note }) => {
      const { status } = await client.queue.leave({ signal });
      const day = openDay();
      const claim = day.book().claims.find(({ claimId }) => claimId === placeClaimId);
      if (claim !== undefined && claim.voidAt > wallNow() && status === 'left')
        note('A session of the bot that was started with --queue joins again: end that one.');
      answer({ status });
      say(status === 'left' ? 'Left the queue.' : 'The bot was not in the queue.');
      return exitCodes.done;
    },
  );
}
