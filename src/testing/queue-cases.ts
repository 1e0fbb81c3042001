/** What can happen to a queue keeper, each event with the payloads that the chart tells apart. */
import { type DayBook, newDayBook, withRefusal } from '../budget/day-book.js';
import type { DeskEvent, QueueKeeperEvent } from '../machines/queue.context.js';
import { placeClaimId } from '../machines/queue.context.js';
import type { ModelCase } from './model.js';
import { modelStartMs } from './model-world.js';

type Case = ModelCase<QueueKeeperEvent>;
type When = NonNullable<Case['when']>;

const hourMs = 3_600_000;

/** The day of the cases, at its beginning. */
export const caseDay: DayBook = newDayBook(modelStartMs);
/** The same with its matches used up. */
const spentCaseDay: DayBook = withRefusal(caseDay, 'matches', modelStartMs + hourMs);

const claimedDay: DayBook = {
  ...caseDay,
  claims: [
    {
      claimId: placeClaimId,
      kind: 'queue',
      opponent: null,
      at: modelStartMs,
      voidAt: modelStartMs + hourMs,
    },
  ],
};

const asks =
  (...states: string[]): When =>
  (snapshot) =>
    states.some((state) => snapshot.matches(state === 'leaving' ? { leaving: 'asking' } : (state as never)));
const placing = asks('joining', 'refreshing', 'leaving');
const answering = asks('declining', 'accepting');
const claiming = asks('claimingPlace', 'renewing', 'claimingMatch');
const anyRequest: When = (snapshot) => placing(snapshot) || answering(snapshot) || asks('looking')(snapshot);

const refused = (name: string, code: string | null, httpStatus: number | null): Case => ({
  name,
  event: { type: 'desk.refused', request: 'a request', code, httpStatus, retryAfterMs: null, message: name },
  when: anyRequest,
});
const placed = (status: string): Case => ({
  name: `placed: ${status}`,
  event: { type: 'desk.placed', status, position: null, ttlMs: 60_000 },
  when: placing,
});
const listed = (name: string, offers: Extract<DeskEvent, { type: 'desk.listed' }>['offers']): Case => ({
  name,
  event: { type: 'desk.listed', offers },
  when: asks('looking'),
});
const offer = (opponent: string) => ({ challengeId: `c-${opponent}`, opponent, expiresInMs: null });
const isLive: When = ({ context }: { context: unknown }) =>
  (context as { live: readonly string[] }).live.includes('m');

/** Every event of a queue keeper with its payloads: of the desk, the day book, the lobby, matches and fixtures. */
export const queueCases: readonly Case[] = [
  placed('queued'),
  placed('matched'),
  placed('left'),
  placed('not_queued'),
  {
    name: 'placed, and over in a second',
    // What is late for 15 s after its time is void.
    event: { type: 'desk.placed', status: 'queued', position: 1, ttlMs: -14_000 },
    when: asks('joining'),
  },
  refused('no answer', null, null),
  refused('too many requests', 'RATE_001', 429),
  refused('offline', 'EXT_BOT_OFFLINE', 409),
  refused('gone', 'EXTAPI_CHALLENGE_NOT_PENDING', 409),
  refused('the day is used up', 'CHALLENGE_QUOTA_EXCEEDED', 429),
  listed('no challenges', []),
  listed('a challenge of birch', [offer('birch')]),
  listed('a challenge of cedar', [offer('cedar')]),
  { name: 'answered', event: { type: 'desk.answered', status: 'accepted' }, when: answering },
  { name: 'claimed', event: { type: 'book.claimed', book: claimedDay }, when: claiming },
  { name: 'denied', event: { type: 'book.denied', book: caseDay }, when: claiming },
  { name: 'the book is used up', event: { type: 'book.changed', book: spentCaseDay } },
  { name: 'the book is as new', event: { type: 'book.changed', book: caseDay } },
  { name: 'a claim that comes late', event: { type: 'book.claimed', book: caseDay } },
  { name: 'online', event: { type: 'lobby.online' } },
  { name: 'offline at last', event: { type: 'lobby.offline' } },
  { name: 'a match', event: { type: 'match.announced', matchId: 'm', rated: true, resume: false } },
  { name: 'the match is over', event: { type: 'match.over', matchId: 'm' }, when: isLive },
  { name: 'a fixture is near', event: { type: 'fixtures.changed', marks: [modelStartMs + 1] } },
  { name: 'given', event: { type: 'queue.give' } },
  { name: 'taken back', event: { type: 'queue.takeBack' } },
  { name: 'stop', event: { type: 'queue.stop' } },
];
