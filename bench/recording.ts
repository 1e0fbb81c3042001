/**
 * `npm run bench:recording`: what `record` costs a turn. First the path of the turn alone: what is done before the next
 * frame, beside a plain concatenation of the same texts. Then the CPU of a whole agent with and without it, all of its
 * threads, which has the writes in the background.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { AgentEvent } from '../src/protocol/events.js';
import { openAgentRecorder } from '../src/recording/agent-recorder.js';
import { readRecording } from '../src/recording/read-recording.js';
import { systemClock, timesOf } from '../src/time/clock.js';
import { median } from './measure.js';
import { type Seated, seatPlayer } from './per-turn.js';

const settings = {
  pathTurns: 40_000,
  /** So many turns, then a pause in which the writes go out. */
  burst: 50,
  pauseMs: 2,
  warmUpTurns: 4_000,
  turns: 1_000,
  gapMs: 1,
  rounds: 5,
} as const;

const matchId = '8c1f6f0e-2d1a-4a55-9d5e-0a4f7c1b2d3e';
const requestId = '5f0d0a52-6b5e-4b2e-9f68-1c2d3e4f5a6b';

/** As the platform sends it in the middle of a hand. */
const turnRequest = JSON.stringify({
  type: 'turn_request',
  match_id: matchId,
  seq: 142,
  server_ts: '2026-01-31T12:00:00.000Z',
  seat: 0,
  request_id: requestId,
  timeout_ms: 2_000,
  valid_actions: ['fold', 'call', 'raise'],
  state: {
    hand_number: 17,
    phase: 'turn',
    board: ['Ah', 'Kd', '7c', '2s'],
    your_hole_cards: ['Qs', 'Qd'],
    pot: 1_200,
    your_stack: 8_700,
    opponent_stacks: [10_100],
    to_call: 300,
    min_raise: 600,
    max_raise: 8_700,
    action_history: Array.from({ length: 9 }, (_, index) => ({
      seat: index % 2,
      action: 'call',
      amount: 100 + index,
      street: 'preflop',
      is_timeout: false,
    })),
  },
});
const turnAction = JSON.stringify({
  type: 'turn_action',
  match_id: matchId,
  request_id: requestId,
  action: 'raise',
  params: { amount: 900 },
});
const turnResult = JSON.stringify({
  type: 'turn_result',
  match_id: matchId,
  seq: 143,
  server_ts: '2026-01-31T12:00:00.100Z',
  seat: 0,
  details: { action: 'raise', amount: 900, pot: 2_100, stack: 7_800, is_timeout: false },
});

function eventsOfTurn(): AgentEvent[] {
  return [
    { type: 'turn.requested', matchId, requestId, clockMs: 2_000 },
    {
      type: 'turn.answered',
      matchId,
      requestId,
      answer: { action: 'raise', params: { amount: 900 } },
      source: 'bot',
      latencyMs: 3.25,
      note: { equity: 0.41, probs: { fold: 0.1, call: 0.3, raise: 0.6 } },
    },
  ];
}

/** Microseconds of each turn: median, 99th percentile, mean. */
function spread(us: number[]): string {
  const sorted = us.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  const mean = us.reduce((sum, one) => sum + one, 0) / us.length;
  return `median ${at(0.5)}, p99 ${at(0.99)}, mean ${mean.toFixed(1)} us`;
}

async function timePath(name: string, turn: () => void): Promise<void> {
  const us: number[] = [];
  for (let n = 0; n < settings.pathTurns; n += 1) {
    if (n % settings.burst === 0) await setTimeout(settings.pauseMs);
    const from = performance.now();
    turn();
    us.push((performance.now() - from) * 1_000);
  }
  process.stdout.write(`${name.padEnd(34)} ${spread(us.slice(settings.pathTurns / 4))}\n`);
}

async function measurePath(folder: string): Promise<void> {
  let kept = '';
  await timePath('path of a turn, texts put together', () => {
    kept = `${turnRequest}\n${turnAction}\n${turnResult}\n${eventsOfTurn()
      .map((event) => JSON.stringify(event))
      .join('\n')}\n`;
  });
  if (kept === '') throw new Error('nothing was put together');
  const recorder = openAgentRecorder({
    folder,
    limits: { maxBytes: Infinity, maxAgeMs: Infinity, maxMatches: Infinity },
    secret: `cz_extbot_${'b'.repeat(32)}`,
    clock: systemClock,
    ...timesOf({}),
    label: null,
    bot: () => ({ name: null, file: null }),
    origin: { why: 'a measurement', code: () => null },
    env: null,
    lobby: null,
    variables: {},
    onTrouble: (message) => process.stderr.write(`${message}\n`),
  });
  recorder.onEvent({ type: 'match.connecting', matchId, attempt: 0, at: Date.now() });
  await timePath('path of a turn, recorded', () => {
    const [requested, answered] = eventsOfTurn();
    recorder.onFrame(matchId, 'in', turnRequest);
    if (requested) recorder.onEvent({ ...requested, at: Date.now() });
    recorder.onFrame(matchId, 'out', turnAction);
    if (answered) recorder.onEvent({ ...answered, at: Date.now() });
    recorder.onFrame(matchId, 'in', turnResult);
  });
  await recorder.close();
  await measureReading(join(folder, `${matchId}.jsonl`));
}

async function measureReading(path: string): Promise<void> {
  const recording = await readRecording(path);
  const from = performance.now();
  for await (const _ of recording.records());
  const seconds = (performance.now() - from) / 1_000;
  const { read, damaged } = recording.counts;
  if (read < 5 * settings.pathTurns) throw new Error(`only ${read} records were written`);
  const mb = statSync(path).size / 2 ** 20;
  process.stdout.write(
    `read again: ${read} records (${damaged} damaged), ${mb.toFixed(0)} MB in ${seconds.toFixed(2)} s, ${Math.round(read / seconds)} a second\n`,
  );
}

async function cpuOf({ player, table }: Seated): Promise<number> {
  const before = await player.ask({ type: 'cpu' });
  await table.ask({ type: 'play', turns: settings.turns, gapMs: settings.gapMs });
  const after = await player.ask({ type: 'cpu' });
  return ((after.cpuMs - before.cpuMs) * 1_000) / settings.turns;
}

async function measureWhole(): Promise<void> {
  const kinds = ['bare', 'agent', 'recording'] as const;
  const all = [];
  for (const kind of kinds) all.push({ kind, seated: await seatPlayer(kind, 1), us: [] as number[] });
  for (const { seated } of all) {
    await seated.table.ask({ type: 'play', turns: settings.warmUpTurns, gapMs: 0 });
  }
  for (let round = 0; round < settings.rounds; round += 1) {
    for (const [place] of all.entries()) {
      const one = all[(place + round) % all.length];
      if (one !== undefined) one.us.push(await cpuOf(one.seated));
    }
  }
  for (const { kind, seated, us } of all) {
    process.stdout.write(`CPU of a turn, ${kind.padEnd(10)} ${median(us).toFixed(0)} us\n`);
    await seated.player.close();
    await seated.table.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'chipzen-bench-'));
try {
  await measurePath(folder);
  await measureWhole();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
