/**
 * The metrics of one session, as Prometheus takes them: https://prometheus.io/docs/practices/naming/ (names in base units,
 * `_total` for what only grows). Labels have closed sets of values, and each value is there from the start: a series that
 * first appears with its first event hides that event from `rate()` and `increase()`.
 */
import type { Counter, Gauge, Registry } from 'prom-client';
import type { AgentEvent, TerminatedWhy } from '../protocol/events.js';
import type { FixtureAlarm } from '../protocol/season-events.js';
import type { LobbyPhase, QueueStanding } from '../session-view/session-state.js';
import { lobbyPhases } from '../status/session-status.js';
import { lossCauses } from './loss-cause.js';

type PromClient = typeof import('prom-client');

/** Of decisions, in seconds: the platform's clocks are 2 to 30 s. */
const decisionBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30];

export const connections = ['lobby', 'match'] as const;
export type ConnectionLabel = (typeof connections)[number];

/** Why a turn was not played as the bot decided it in time; `left`: the agent sent nothing, and the server played. */
export const helpReasons = ['late', 'left', 'failed', 'rejected', 'refused'] as const;
export type HelpReason = (typeof helpReasons)[number];

const outcomes = ['completed', 'abandoned'] as const;
/** Types of values have no list of them: with this, one that is added and not named here does not compile. */
const all = <V extends string>(values: Readonly<Record<V, true>>): V[] => Object.keys(values) as V[];

const skipReasons = all<Extract<AgentEvent, { type: 'match.skipped' }>['why']>({
  untrusted_gateway: true,
  already_ended: true,
  too_many: true,
});
const fixtureEnds = ['served', 'missed', 'cancelled'] as const;
const fixtureAlarms = all<FixtureAlarm>({ offline: true, no_match: true, late: true });
const queueStates = all<'none' | QueueStanding>({ none: true, waiting: true, resting: true, out: true });
const challengeEnds = ['received', 'accepted', 'declined', 'failed'] as const;
const terminations = all<TerminatedWhy>({
  blocked: true,
  exited: true,
  crashed: true,
  out_of_memory: true,
  lost: true,
  given_up: true,
});

export type MetricSet = ReturnType<typeof createMetricSet>;

/** A set with a registry of its own: several agents of a process share nothing. */
export function createMetricSet({
  Counter: ACounter,
  Gauge: AGauge,
  Histogram,
  Registry: ARegistry,
}: PromClient) {
  const registry: Registry = new ARegistry();
  const registers = [registry];

  const counter = (name: string, help: string): Counter =>
    new ACounter({ name: `chipzen_${name}_total`, help, registers });
  /** The gauge has no value before it is set: an absent series means that nothing is known. */
  const gauge = (name: string, help: string): Gauge => {
    const made = new AGauge({ name: `chipzen_${name}`, help, registers });
    made.remove();
    return made;
  };
  const counters = <L extends string>(
    name: string,
    help: string,
    { label, values }: { label: L; values: readonly string[] },
  ): Counter<L> => {
    const made = new ACounter({ name: `chipzen_${name}_total`, help, labelNames: [label], registers });
    for (const value of values) made.labels(value).inc(0);
    return made;
  };
  /** One of these is 1 and all others 0. */
  const states = <V extends string>(name: string, help: string, values: readonly V[]): StateGauge<V> => {
    const made = new AGauge({ name: `chipzen_${name}`, help, labelNames: ['state'], registers });
    return {
      set(value) {
        for (const each of values) made.labels(each).set(each === value ? 1 : 0);
      },
    };
  };
  const byConnection = (name: string, help: string): Counter<'connection' | 'cause'> => {
    const labelNames = ['connection', 'cause'] as const;
    const made = new ACounter({ name: `chipzen_${name}_total`, help, labelNames, registers });
    for (const connection of connections)
      for (const cause of lossCauses) made.labels(connection, cause).inc(0);
    return made;
  };

  return {
    registry,
    states,
    gauge,
    build: new AGauge({
      name: 'chipzen_build_info',
      help: 'Always 1; the label says which version of chipzen-agent runs.',
      labelNames: ['version'],
      registers,
    }),
    sessionStart: gauge('session_start_timestamp_seconds', 'When the session was started.'),

    lobbyState: states(
      'lobby_state',
      'The state of the connection to the lobby: 1 for the one that it is in.',
      [...lobbyPhases] as LobbyPhase[],
    ),
    evicted: gauge('evicted', '1 when the session ends because the same bot has connected elsewhere.'),
    lastLobbyFrame: gauge(
      'lobby_last_frame_timestamp_seconds',
      'When the newest frame of the lobby came; it sends one every 15 s. Absent before the first.',
    ),
    reconnects: byConnection('reconnects', 'Connections that came back, by why they were lost.'),
    failures: byConnection('connection_failures', 'Connections that were lost or could not be made, by why.'),

    announced: counter('matches_announced', 'Matches that the lobby announced and the agent took.'),
    skipped: counters('matches_skipped', 'Matches that were announced and not played, by why.', {
      label: 'why',
      values: skipReasons,
    }),
    matches: counters('matches', 'Matches that are over, by how they ended.', {
      label: 'outcome',
      values: outcomes,
    }),
    live: gauge('matches_live', 'Matches that are being played.'),
    netChips: gauge('net_chips', 'Chips won or lost in the matches that are over.'),
    hands: counter('hands', 'Hands whose result was received.'),

    turns: counter('turns', 'Decisions that were asked of the bot.'),
    answeredFor: counters('turns_answered_for', 'Decisions that were made in place of the bot, by why.', {
      label: 'why',
      values: helpReasons,
    }),
    corrected: counter('turns_corrected', 'Answers that were made legal before they were sent.'),
    rejected: counter('turns_rejected', 'Answers that the platform rejected.'),
    timedOut: counter('turns_timed_out', 'Turns that the platform played because no answer came in time.'),
    decisions: new Histogram({
      name: 'chipzen_decision_seconds',
      help: 'From the request of a turn to its answer, whoever chose it.',
      buckets: decisionBuckets,
      registers,
    }),

    botFailures: counter('bot_failures', 'Errors of the bot, in any of its hooks.'),
    botTerminations: counters('bot_terminations', 'Processes or threads of the bot that ended, by why.', {
      label: 'why',
      values: terminations,
    }),
    nextFixture: gauge(
      'next_fixture_timestamp_seconds',
      'When the next fixture begins. Absent when none is known.',
    ),
    fixtures: counters('fixtures', 'Fixtures that are over, by how they ended.', {
      label: 'outcome',
      values: fixtureEnds,
    }),
    fixtureAlarms: counters('fixture_alarms', 'Times that a fixture was in danger, by why.', {
      label: 'why',
      values: fixtureAlarms,
    }),

    queueState: states(
      'queue_state',
      'How it stands with the queue: 1 for the state that it is in; `none` without --queue.',
      queueStates,
    ),
    queueMatches: counter('queue_matches', 'Matches that came of the queue.'),
    queueRefused: counter('queue_refused', 'Requests for the queue or for challenges that were refused.'),
    challenges: counters('challenges', 'Challenges that others made, by what became of them.', {
      label: 'what',
      values: challengeEnds,
    }),
    dayMatches: gauge('day_matches', 'Matches of the day in UTC, without those of a season.'),
    dayClaims: gauge('day_claims', 'Matches that were asked for and may still come.'),
    dayMatchesLimit: gauge('day_matches_limit', 'Most matches of a day. Absent without a limit.'),
    dayLobby: gauge('day_lobby_seconds', 'Time in the lobby of the day in UTC.'),
    dayLobbyLimit: gauge(
      'day_lobby_limit_seconds',
      'Most time in the lobby of a day. Absent without a limit.',
    ),
    dayReserved: gauge('day_lobby_reserved_seconds', 'Lobby time that is kept for the fixtures of today.'),
    dayDials: gauge('day_dials', 'Dials of the lobby of the day in UTC.'),
    rating: gauge('rating', 'What the platform said after the last rated match (with --record).'),
    ratingDeviation: gauge('rating_deviation', 'The deviation of that rating.'),
  };
}

export interface StateGauge<V extends string> {
  set(value: V): void;
}
