/** What can happen to a season keeper, each event with the payloads that the chart tells apart. */
import { newRecord } from '../machines/season.context.js';
import type { SeasonContext, SeasonKeeperEvent } from '../machines/season.js';
import type { PlannedFixture } from '../protocol/season-events.js';
import type { ModelCase } from './model.js';
import { modelStartMs } from './model-world.js';

const minuteMs = 60_000;

/** The fixture of the cases, so long after the start of the model. */
export const caseFixture = (afterMs: number, fixtureId = 'f'): PlannedFixture => ({
  fixtureId,
  toldId: null,
  startsAt: modelStartMs + afterMs,
  opponent: 'birch',
  decisionClockMs: 30_000,
  stage: null,
  round: null,
  isInvented: false,
});

type Case = ModelCase<SeasonKeeperEvent>;

const isKnown = (matchId: string): NonNullable<Case['when']> => {
  return ({ context }: { context: unknown }) =>
    (context as SeasonContext).matches.some((match) => match.matchId === matchId);
};
const isReading: NonNullable<Case['when']> = (snapshot) => snapshot.matches({ list: 'reading' });

const told = (name: string, fixtures: readonly PlannedFixture[]): Case => ({
  name,
  event: { type: 'list.told', fixtures, isWhole: true, message: null },
  when: isReading,
});

/** Every event of a season keeper with its payloads: of the list, the matches, the lobby and the clock. */
export const seasonCases: readonly ModelCase<SeasonKeeperEvent>[] = [
  told('nothing listed', []),
  told('a fixture listed', [caseFixture(11 * minuteMs)]),
  told('a fixture of now listed', [caseFixture(0)]),
  told('a far fixture listed', [caseFixture(30 * minuteMs)]),
  {
    name: 'list failed',
    event: { type: 'list.failed', message: 'HTTP 503', retryAfterMs: null },
    when: isReading,
  },
  { name: 'a rated match', event: { type: 'match.announced', matchId: 'm1', rated: true } },
  { name: 'an unrated match', event: { type: 'match.announced', matchId: 'm2', rated: false } },
  {
    name: 'against birch',
    event: { type: 'match.started', matchId: 'm1', opponents: ['birch'] },
    when: isKnown('m1'),
  },
  {
    name: 'against cedar',
    event: { type: 'match.started', matchId: 'm1', opponents: ['cedar'] },
    when: isKnown('m1'),
  },
  {
    name: 'completed',
    event: { type: 'match.ended', matchId: 'm1', isCompleted: true },
    when: isKnown('m1'),
  },
  {
    name: 'abandoned',
    event: { type: 'match.ended', matchId: 'm1', isCompleted: false },
    when: isKnown('m1'),
  },
  {
    name: 'inherited',
    event: {
      type: 'season.inherited',
      memory: {
        fixtures: [{ ...newRecord(caseFixture(minuteMs)), standing: 'near', nearAt: modelStartMs }],
        matches: [{ matchId: 'm1', announcedAt: modelStartMs, opponents: ['birch'], end: null }],
      },
      playing: ['m1'],
    },
  },
  { name: 'online', event: { type: 'lobby.online' } },
  { name: 'offline', event: { type: 'lobby.offline' } },
  { name: 'clock moved', event: { type: 'clock.moved' } },
  {
    name: 'list port broke',
    event: {
      type: 'xstate.error.actor.list',
      actorId: 'list',
      error: new Error('a defect in a port'),
    } as never,
    when: (snapshot) => !snapshot.matches({ list: 'broken' }),
  },
];
