/** How the reports of the season keeper change what is known of a session. */
import type { TimedAgentEvent } from '../protocol/events.js';
import type { FixtureStanding, PlannedFixture, SeasonEvent } from '../protocol/season-events.js';
import type { SessionFixture, SessionSeason, SessionState } from './session-state.js';

const defaults = { keptOver: 20 } as const;

type EventType = SeasonEvent['type'];
type EventOfType = { [T in EventType]: Extract<TimedAgentEvent, { type: T }> };
type Fold<T extends EventType> = (state: SessionState, event: EventOfType[T]) => SessionState;

const noSeason: SessionSeason = { fixtures: [], trouble: null };

const standAs =
  (standing: FixtureStanding) =>
  (state: SessionState, { fixture }: { fixture: PlannedFixture }): SessionState =>
    withFixture(state, fixture, { standing });

export const seasonFolds: { readonly [T in EventType]?: Fold<T> } = {
  'fixture.listed': (state, { fixtures }) => {
    const listed = withSeason(state, { trouble: null });
    return fixtures.reduce((so, fixture) => withFixture(so, fixture), listed);
  },
  'fixture.unlisted': (state, { message }) => withSeason(state, { trouble: message }),
  'fixture.moved': (state, { fixture }) => withFixture(state, fixture),
  'fixture.cancelled': standAs('cancelled'),
  'fixture.near': standAs('near'),
  'fixture.due': standAs('due'),
  'fixture.matched': (state, { fixture, matchId, rivals: [first = matchId] }) =>
    withFixture(state, fixture, { standing: 'playing', matchId: first }),
  'fixture.unmatched': (state, { fixture }) =>
    withFixture(state, fixture, { standing: 'due', matchId: null }),
  'fixture.served': (state, { fixture, matchId }) =>
    withFixture(state, fixture, { standing: 'served', matchId }),
  'fixture.missed': standAs('missed'),
};

/** The first fixture that is to be played, or is being played; null: none is known. */
export function nextFixtureIn({ season }: SessionState): SessionFixture | null {
  return season?.fixtures.find((fixture) => !isOver(fixture)) ?? null;
}

/** All of these, the first one first. */
export function fixturesAheadIn({ season }: Pick<SessionState, 'season'>): readonly SessionFixture[] {
  return season?.fixtures.filter((fixture) => !isOver(fixture)) ?? [];
}

const over: ReadonlySet<FixtureStanding> = new Set<FixtureStanding>(['served', 'missed', 'cancelled']);

const isOver = ({ standing }: SessionFixture): boolean => over.has(standing);

function withSeason(state: SessionState, more: Partial<SessionSeason>): SessionState {
  return { ...state, season: { ...(state.season ?? noSeason), ...more } };
}

function withFixture(
  state: SessionState,
  fixture: PlannedFixture,
  more: Partial<SessionFixture> = {},
): SessionState {
  const { fixtures } = state.season ?? noSeason;
  const known = fixtures.find(({ fixtureId }) => fixtureId === fixture.fixtureId);
  const standing = known === undefined || known.standing === 'cancelled' ? 'coming' : known.standing;
  const next: SessionFixture = { matchId: known?.matchId ?? null, standing, ...fixture, ...more };
  const sorted = [...fixtures.filter((each) => each !== known), next].toSorted(
    (one, other) => one.startsAt - other.startsAt,
  );
  const surplus = sorted.filter(isOver).slice(0, -defaults.keptOver);
  return withSeason(state, { fixtures: sorted.filter((each) => !surplus.includes(each)) });
}
