import { newRecord } from '../machines/season.context.js';
import {
  type FixtureRecord,
  type SeasonContext,
  type SeasonInput,
  seasonDefaults,
  seasonMachine,
} from '../machines/season.js';
import { isUnlisted } from '../machines/season.serving.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { defineModel, type Model, type ModelWorld } from './model.js';
import { caseFixture, seasonCases } from './season-cases.js';

const { leadMs, earlyMs, windowMs, lingerMs } = seasonDefaults;
const soonMs = 10_000;

const knowing =
  (...records: FixtureRecord[]) =>
  ({ now }: ModelWorld): SeasonInput => ({
    now,
    wallNow: now,
    memory: { fixtures: records, matches: [] },
  });

const at = (afterMs: number, fixtureId?: string): FixtureRecord => newRecord(caseFixture(afterMs, fixtureId));

/** Inputs under which every transition can be taken: some moments before something changes by time alone. */
const seasonVariants = {
  'nothing known': knowing(),
  'before the lobby is entered': knowing(at(leadMs + soonMs)),
  'before a mark': knowing(at(earlyMs + soonMs)),
  'before an alarm': knowing(at(soonMs - windowMs)),
  'before it is missed': knowing(at(soonMs - lingerMs)),
  'before it is missed, with another near': knowing(at(soonMs - lingerMs), at(leadMs / 2, 'g')),
};

/** Two states of a keeper are alike when these are equal. */
function facetsOf(context: SeasonContext): unknown {
  const { fixtures, matches, offlineSince, failures, trouble, tick } = context;
  return [
    fixtures.map(({ fixture, standing, leftAt, absences }) => [
      fixture.startsAt,
      standing,
      leftAt !== null,
      absences,
    ]),
    matches.map(({ matchId, opponents, end }) => [matchId, opponents, end]),
    offlineSince === null,
    Math.min(failures, 1),
    trouble === null,
    tick.delayMs < seasonDefaults.tickMs,
    isUnlisted(context),
  ];
}

/** The season statechart as a model, with every event and payload that it tells apart. */
export function seasonModel(options: { cases?: typeof seasonCases } = {}): Model<typeof seasonMachine> {
  refuseUnknown(options, { cases: true }, 'seasonModel');
  return defineModel({
    machine: seasonMachine,
    variants: seasonVariants,
    depths: {
      'before an alarm': 3,
      'before it is missed': 3,
      'before it is missed, with another near': 3,
      'before a mark': 4,
      'before the lobby is entered': 4,
      'nothing known': 5,
    },
    cases: options.cases ?? seasonCases,
    facets: ({ context }) => facetsOf(context),
  });
}
