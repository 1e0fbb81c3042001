/** The port by which the season keeper reads the list of fixtures from the platform. */
import { fromCallback } from 'xstate';
import type { FixtureListCommand, FixtureListEvent, FixtureListLogic } from '../machines/ports.js';
import { PlatformRefusedError } from '../platform/platform-error.js';
import type { Fixture } from '../platform/read-answers.js';
import { printable, type Redact } from '../protocol/redact.js';
import type { PlannedFixture } from '../protocol/season-events.js';
import { fixtureNotes, stageWords } from './fixture-words.js';
import { pairFixtures } from './pair-fixtures.js';

const defaults = { maxTextLength: 128, maxMessageLength: 300, maxFixtures: 1_000 } as const;

/** What the platform told. */
export interface AskedFixtures {
  readonly fixtures: readonly Fixture[];
  /** How many entries could not be read. */
  readonly skipped: number;
  /** There are more, which could not be asked for. */
  readonly isPartial: boolean;
  /** What else is to be told of the list, a sentence each. */
  readonly remarks: readonly string[];
}

export interface FixtureListOptions {
  ask: (signal: AbortSignal) => Promise<AskedFixtures>;
  wallNow: () => number;
  /** Takes secrets out of texts. */
  redact: Redact;
}

export function defineFixtureList({ ask, wallNow, redact }: FixtureListOptions): FixtureListLogic {
  return fromCallback<FixtureListCommand, undefined>(({ receive, sendBack }) => {
    let reading = new AbortController();
    const read = async (known: readonly PlannedFixture[]): Promise<void> => {
      reading.abort();
      const own = new AbortController();
      reading = own;
      const tell = (event: FixtureListEvent): void => {
        if (!own.signal.aborted) sendBack(event);
      };
      try {
        tell(toldOf(await ask(own.signal), known, { wallNow, redact }));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const retryAfterMs = error instanceof PlatformRefusedError ? error.retryAfterMs : null;
        tell({
          type: 'list.failed',
          message: printable(message, defaults.maxMessageLength, redact),
          retryAfterMs,
        });
      }
    };
    receive(({ known }) => void read(known));
    return () => reading.abort();
  });
}

type TimedFixture = Fixture & { startsAt: number };

function toldOf(
  { fixtures, skipped, isPartial, remarks }: AskedFixtures,
  known: readonly PlannedFixture[],
  { wallNow, redact }: Pick<FixtureListOptions, 'wallNow' | 'redact'>,
): FixtureListEvent {
  const timed = fixtures
    .filter((fixture): fixture is TimedFixture => fixture.startsAt !== null)
    .slice(0, defaults.maxFixtures)
    .map((fixture) => ({ ...fixture, toldId: fixture.fixtureId }));
  const pairs = pairFixtures(known, timed, { factsOf: (fixture) => fixture, now: wallNow() });
  const taken = new Set(known.map(({ fixtureId }) => fixtureId));
  const planned = timed.map((fixture): PlannedFixture => {
    const fixtureId = pairs.get(fixture)?.fixtureId ?? newId(fixture, taken);
    taken.add(fixtureId);
    const { toldId, startsAt, opponent, decisionClockMs, stage, round } = fixture;
    return { fixtureId, toldId, startsAt, opponent, decisionClockMs, stage, round, isInvented: false };
  });
  const isWhole = skipped === 0 && !isPartial && timed.length === fixtures.length;
  const notes = [...(isWhole ? [] : fixtureNotes(fixtures, skipped)), ...remarks];
  const message = notes.length === 0 ? null : printable(notes.join(' '), defaults.maxMessageLength, redact);
  return { type: 'list.told', fixtures: planned, isWhole, message };
}

/** `2026-01-06T18:40:00.000Z round_robin, round 1`. */
function newId(
  { toldId, startsAt, stage, round }: TimedFixture & { toldId: string | null },
  taken: ReadonlySet<string>,
): string {
  const words = [new Date(startsAt).toISOString(), stageWords({ stage, round })];
  const name = (toldId ?? words.join(' ').trim()).slice(0, defaults.maxTextLength);
  let fixtureId = name;
  for (let count = 2; taken.has(fixtureId); count += 1) fixtureId = `${name} ${count}`;
  return fixtureId;
}
