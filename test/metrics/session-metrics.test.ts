import * as client from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createMetricSet } from '../../src/metrics/metric-set.js';
import { createSessionMetrics } from '../../src/metrics/session-metrics.js';
import type { AgentEvent, AnswerSource } from '../../src/protocol/events.js';
import { version } from '../../src/protocol/version.js';
import { foldEvent } from '../../src/session-view/fold-event.js';
import { newSession } from '../../src/session-view/session-state.js';
import { answer, ask, begin, end, endHand, idOf, online, start } from '../session-view/session-events.js';
import { parseExposition, valueOf, valuesBy } from './exposition.js';

const lost = (code: number, more: object = {}): AgentEvent => ({
  type: 'lobby.lost',
  loss: { code, reason: '', ...more },
});
const matchLost = (n: number, code: number): AgentEvent => ({
  type: 'match.lost',
  matchId: idOf(n),
  loss: { code, reason: '' },
});
const matchBack = (n: number): AgentEvent => ({ type: 'match.connected', matchId: idOf(n), resumed: true });
const turn = (requestId: string) => ({ matchId: idOf(1), requestId });
const answered = (requestId: string, source: AnswerSource): AgentEvent => ({
  type: 'turn.answered',
  ...turn(requestId),
  answer: { action: 'fold' },
  source,
  latencyMs: 20,
});
const rejected = (message: string): AgentEvent => ({
  type: 'turn.rejected',
  ...turn('a'),
  reason: null,
  message,
  retried: true,
});

async function after(...events: AgentEvent[]) {
  const metrics = createMetricSet(client);
  const counted = createSessionMetrics(metrics, start);
  let session = newSession;
  for (const event of events) {
    counted.onEvent({ ...event, at: start });
    session = foldEvent(session, { ...event, at: start });
  }
  counted.refresh(start);
  const families = parseExposition(await metrics.registry.metrics());
  return {
    families,
    session,
    value: (name: string, labels?: Record<string, string>) => valueOf(families, `chipzen_${name}`, labels),
    by: (name: string, label: string) => valuesBy(families, `chipzen_${name}`, label),
  };
}

describe('the events of a session', () => {
  it('are nothing at the start but the version, the time and a state', async () => {
    const { value, by } = await after();
    expect(value('build_info', { version })).toBe(1);
    expect(value('session_start_timestamp_seconds')).toBe(start / 1000);
    expect(by('lobby_state', 'state')).toMatchObject({ starting: 1, online: 0 });
    expect([value('net_chips'), value('matches_live'), value('evicted')]).toEqual([0, 0, 0]);
    expect(value('lobby_last_frame_timestamp_seconds')).toBeUndefined();
  });

  it('count a reconnect by why the connection was lost first, and each failed dial by its own cause', async () => {
    const { value, by } = await after(
      online,
      lost(1012),
      lost(1006, { httpStatus: 503 }),
      lost(1006),
      online,
    );
    expect(value('reconnects_total', { connection: 'lobby', cause: 'restarting' })).toBe(1);
    expect(value('reconnects_total', { connection: 'lobby', cause: 'http_5xx' })).toBe(0);
    expect(value('connection_failures_total', { connection: 'lobby', cause: 'http_5xx' })).toBe(1);
    expect(value('connection_failures_total', { connection: 'lobby', cause: 'broken' })).toBe(1);
    expect(by('lobby_state', 'state')).toMatchObject({ online: 1, offline: 0 });
  });

  it('count a lobby that the platform had lost, though its connection looked open, as one that came back', async () => {
    const { value, by } = await after(
      online,
      { type: 'lobby.left', message: 'it is dialed again', live: 0 },
      { type: 'queue.redialing', message: 'it is dialed again' },
      lost(1006, { httpStatus: 503 }),
      online,
    );
    expect(value('reconnects_total', { connection: 'lobby', cause: 'silent' })).toBe(1);
    expect(value('connection_failures_total', { connection: 'lobby', cause: 'silent' })).toBe(1);
    expect(by('lobby_state', 'state')).toMatchObject({ online: 1 });
  });

  it('count no reconnect of a lobby that was never there', async () => {
    const { families } = await after(lost(1006), online);
    const { samples = [] } = families.get('chipzen_reconnects_total') ?? {};
    expect(samples.filter(({ value }) => value > 0)).toEqual([]);
  });

  it('count no reconnect of a lobby that was left on purpose', async () => {
    const left: AgentEvent = { type: 'lobby.left', message: 'no fixture is near', live: 0 };
    const { families } = await after(online, left, lost(1006), online, lost(1012), left, online);
    const { samples = [] } = families.get('chipzen_reconnects_total') ?? {};
    expect(samples.filter(({ value }) => value > 0)).toEqual([]);
  });

  it('count the reconnects of each match for itself', async () => {
    const { value } = await after(
      online,
      ...begin(1, 'ann'),
      ...begin(2, 'bob'),
      matchLost(1, 1011),
      matchLost(1, 1006),
      matchLost(2, 1006),
      matchBack(2),
      matchBack(1),
      matchBack(1),
    );
    expect(value('reconnects_total', { connection: 'match', cause: 'server_error' })).toBe(1);
    expect(value('reconnects_total', { connection: 'match', cause: 'broken' })).toBe(1);
    expect(value('matches_live')).toBe(2);
  });

  it('count matches, hands, turns, chips and how long decisions took', async () => {
    const { value, by, families } = await after(
      online,
      ...begin(1, 'ann'),
      ask(1),
      answer(1, 3),
      ask(1),
      answer(1, 700),
      endHand(1, 1, 510, 490),
      end(1, 340),
      ...begin(2, 'bob'),
      end(2, -500),
      ...begin(3, 'cy'),
      end(3, null),
      { type: 'match.skipped', matchId: 'x', why: 'too_many', message: '' },
    );
    expect(by('matches_total', 'outcome')).toEqual({ completed: 2, abandoned: 1 });
    expect(by('matches_skipped_total', 'why')).toMatchObject({ too_many: 1, already_ended: 0 });
    expect(value('matches_announced_total')).toBe(3);
    expect([value('net_chips'), value('hands_total'), value('turns_total')]).toEqual([-160, 1, 2]);
    expect(value('decision_seconds_sum')).toBeCloseTo(0.703);
    expect(families.get('chipzen_decision_seconds')?.samples.filter(({ labels }) => 'le' in labels)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ labels: { le: '0.0025' }, value: 0 }),
        expect.objectContaining({ labels: { le: '0.005' }, value: 1 }),
        expect.objectContaining({ labels: { le: '1' }, value: 2 }),
      ]),
    );
  });

  it('count a decision that was made for the bot once, however often its answer is replaced', async () => {
    const { by, value, session } = await after(
      online,
      ...begin(1, 'ann'),
      { type: 'turn.overdue', ...turn('a') },
      answered('a', 'proposal'),
      answered('a', 'rejected'),
      answered('b', 'proposal'),
      answered('c', 'failed'),
      answered('d', 'rejected'),
      answered('e', 'refused'),
      { type: 'turn.overdue', ...turn('f'), left: true },
      answered('g', 'overdue'),
      answered('h', 'bot'),
    );
    const helps = by('turns_answered_for_total', 'why');
    expect(helps).toEqual({ late: 2, failed: 2, rejected: 1, refused: 1, left: 1 });
    const sum = Object.values(helps).reduce((total, count) => total + count, 0);
    expect(sum).toBe(session.totals.counts.fallbacks);
    expect(value('decision_seconds_count')).toBe(8);
  });

  it('count what went wrong at the table, and an answer that came twice as nothing', async () => {
    const { value, by } = await after(
      online,
      ...begin(1, 'ann'),
      rejected('Too small.'),
      rejected('Duplicate action.'),
      { type: 'turn.corrected', ...turn('a'), why: '', asked: null, sent: { action: 'fold' } },
      { type: 'turn.timed_out', matchId: idOf(1), action: 'fold' },
      { type: 'bot.failed', matchId: idOf(1), hook: 'decide', message: '', place: null, error: null },
      { type: 'bot.terminated', matchId: idOf(1), why: 'crashed', message: '', error: null },
    );
    expect(value('turns_rejected_total')).toBe(1);
    expect(value('turns_corrected_total')).toBe(1);
    expect(value('turns_timed_out_total')).toBe(1);
    expect(value('bot_failures_total')).toBe(1);
    expect(by('bot_terminations_total', 'why')).toMatchObject({ crashed: 1, blocked: 0 });
  });

  it('never make a label of what a server or an opponent said', async () => {
    const hostile = 'a"b\\c\n';
    const { families } = await after(
      online,
      ...begin(1, hostile),
      { type: 'lobby.lost', loss: { code: 4321, reason: hostile } },
      { type: 'match.error', matchId: idOf(1), code: hostile, message: hostile },
      end(1, 5),
    );
    const labels = [...families.values()].flatMap(({ samples }) =>
      samples.flatMap((one) => Object.values(one.labels)),
    );
    expect(labels).not.toContain('undefined');
    expect(labels.filter((label) => !/^[\w.+-]+$/.test(label) || label === idOf(1))).toEqual([]);
  });

  it('say that the bot was evicted', async () => {
    const { value, by } = await after(online, {
      type: 'lobby.draining',
      reason: 'evicted',
      message: '',
      live: 0,
      fault: null,
    });
    expect(value('evicted')).toBe(1);
    expect(by('lobby_state', 'state')).toMatchObject({ ending: 1, online: 0 });
  });
});

describe('what a bot has before it', () => {
  const fixture = {
    fixtureId: 'f',
    toldId: 'f',
    startsAt: start + 600_000,
    opponent: 'birch',
    decisionClockMs: null,
    stage: null,
    round: null,
    isInvented: false,
  };
  const listed: AgentEvent = { type: 'fixture.listed', fixtures: [fixture], message: null };
  const figures = {
    day: '2026-01-06',
    matches: 3,
    claims: 1,
    matchesLimit: 20,
    lobbyMs: 7_500_000,
    lobbySince: null,
    lobbyLimitMs: 28_800_000,
    reservedMs: 2_400_000,
    dials: 4,
  };

  it('is absent where nobody asks, counts nothing and joins no queue', async () => {
    const { by, value, families } = await after(online);
    expect(by('queue_state', 'state')).toEqual({ none: 1, waiting: 0, resting: 0, out: 0 });
    for (const name of ['next_fixture_timestamp_seconds', 'day_matches', 'day_lobby_seconds', 'rating']) {
      expect([name, value(name)]).toEqual([name, undefined]);
      expect(families.get(`chipzen_${name}`)?.samples).toEqual([]);
    }
  });

  it('is the next fixture until it is served, and how fixtures ended', async () => {
    const near = await after(online, listed);
    expect(near.value('next_fixture_timestamp_seconds')).toBe(fixture.startsAt / 1000);
    const played = await after(
      online,
      listed,
      { type: 'fixture.alarm', fixture, why: 'late', message: '' },
      { type: 'fixture.served', fixture, matchId: 'm' },
    );
    expect(played.value('next_fixture_timestamp_seconds')).toBeUndefined();
    expect(played.by('fixtures_total', 'outcome')).toEqual({ served: 1, missed: 0, cancelled: 0 });
    expect(played.by('fixture_alarms_total', 'why')).toEqual({ offline: 0, no_match: 0, late: 1 });
  });

  it('is the queue, one state at a time', async () => {
    const joined: AgentEvent = { type: 'queue.joined', position: 2, ttlMs: 60_000 };
    const waiting = await after(online, joined);
    expect(waiting.by('queue_state', 'state')).toEqual({ none: 0, waiting: 1, resting: 0, out: 0 });
    const resting = await after(
      online,
      joined,
      { type: 'queue.matched', matchId: 'm', waitedMs: 1 },
      { type: 'queue.resting', why: 'playing', until: null, message: '' },
    );
    expect(resting.by('queue_state', 'state')).toEqual({ none: 0, waiting: 0, resting: 1, out: 0 });
    expect(resting.value('queue_matches_total')).toBe(1);
  });

  it('is what is used of the day, with its limits where there are any', async () => {
    const day = await after(online, { type: 'budget.changed', figures });
    const names = ['day_matches', 'day_claims', 'day_matches_limit', 'day_lobby_seconds'];
    expect(names.map((name) => day.value(name))).toEqual([3, 1, 20, 7_500]);
    expect(day.value('day_lobby_limit_seconds')).toBe(28_800);
    expect([day.value('day_lobby_reserved_seconds'), day.value('day_dials')]).toEqual([2_400, 4]);
    const free = { ...figures, matchesLimit: null, lobbyLimitMs: null };
    const lifted = await after(
      online,
      { type: 'budget.changed', figures },
      { type: 'budget.changed', figures: free },
    );
    expect(lifted.value('day_matches_limit')).toBeUndefined();
    expect(lifted.value('day_lobby_limit_seconds')).toBeUndefined();
  });

  it('is the rating after the last match', async () => {
    const { value } = await after(
      online,
      { type: 'rating.told', matchId: 'm', rating: 1600, deviation: 70 },
      { type: 'rating.told', matchId: 'n', rating: 1617.4, deviation: null },
    );
    expect([value('rating'), value('rating_deviation')]).toEqual([1617.4, undefined]);
  });
});
