/**
 * The cheapest server that a client takes for the platform, as a process of its own: it deals no cards and keeps no
 * clock, so that what it costs does not hide what its client costs. A turn is three frames in, one out: the request,
 * our result, the opponent's result.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHistogram } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { serve } from './child.js';
import type { Spread } from './platform-messages.js';
import type { TableAnswer, TableQuestion } from './table-messages.js';

interface Table {
  matchId: string;
  socket: WebSocket;
  /** What the socket writes to. */
  stream: Duplex;
  seq: number;
  turnsLeft: number;
  askedAt: number;
  /** One hand and out. */
  isShort: boolean;
}

const defaults = { timeoutMs: 15_000 } as const;

const sockets = { noServer: true, perMessageDeflate: false, skipUTF8Validation: true } as const;
const websockets = new WebSocketServer({
  ...sockets,
  handleProtocols: (protocols) => [...protocols][0] ?? false,
});
const http = createServer();
const tables = new Map<string, Table>();
const latency = createHistogram();
const pongs = createHistogram();
let lobby: WebSocket | null = null;
let pingedAt = 0;
let dealt = 0;
let whenOnline = (): void => {};
let whenSeated = (): void => {};
let whenPlayed = (): void => {};
let wanted = 0;
let seated = 0;
let announcedAt = 0;
let seatedMs = { first: 0, last: 0 };
let playing = 0;
let gapMs = 0;
let answers: Record<string, number> = {};

http.on('upgrade', (request, socket, head) => {
  websockets.handleUpgrade(request, socket, head, (client) => {
    const match = /\/match\/([^/]+)/.exec(request.url ?? '')?.[1];
    if (match === undefined) openLobby(client);
    else openTable(client, socket, match);
  });
});
await new Promise<void>((resolve) => {
  http.listen(0, '127.0.0.1', resolve);
});

function openLobby(client: WebSocket): void {
  client.on('message', (data) => {
    const { type } = parse(data);
    if (type === 'authenticate') {
      lobby = client;
      send(client, { type: 'hello', endpoint: 'external_bot', supported_versions: ['1.0'] });
      whenOnline();
    } else if (type === 'pong' && pingedAt > 0) {
      record(pongs, performance.now() - pingedAt);
      pingedAt = 0;
    }
  });
}

function openTable(socket: WebSocket, stream: Duplex, matchId: string): void {
  const isShort = matchId.startsWith('short');
  const table: Table = { matchId, socket, stream, seq: 0, turnsLeft: isShort ? 1 : 0, askedAt: 0, isShort };
  if (!isShort) tables.set(matchId, table);
  socket.on('message', (data) => {
    const { type, action } = parse(data);
    if (type === 'authenticate')
      say(table, { type: 'hello', supported_versions: ['1.0'], game_type: 'poker' });
    else if (type === 'hello') begin(table);
    else if (type === 'turn_action') acted(table, action ?? '');
  });
  if (isShort) socket.on('close', sitDown);
}

function begin(table: Table): void {
  say(table, {
    type: 'match_start',
    seats: [
      { seat: 0, display_name: 'Bench', participant_id: 'p-0', is_self: true },
      { seat: 1, display_name: 'Wall', participant_id: 'p-1', is_self: false },
    ],
    game_config: { variant: 'nlhe', starting_stack: 10_000, small_blind: 50, big_blind: 100, ante: 0 },
    turn_timeout_ms: defaults.timeoutMs,
    your_seat: 0,
  });
  say(table, {
    type: 'round_start',
    round_id: 'r-1',
    round_number: 1,
    state: { hand_number: 1, dealer_seat: 0, your_hole_cards: ['Ah', 'Kd'], stacks: [9_950, 9_900] },
  });
  if (table.isShort) askForTurn(table);
  else sitDown();
}

function sitDown(): void {
  seated += 1;
  const ms = performance.now() - announcedAt;
  seatedMs = { first: seated === 1 ? ms : seatedMs.first, last: ms };
  if (seated === wanted) whenSeated();
}

function askForTurn(table: Table): void {
  dealt += 1;
  const now = Date.now();
  table.askedAt = performance.now();
  say(table, {
    type: 'turn_request',
    seat: 0,
    round_id: 'r-1',
    request_id: `req-${dealt}`,
    timeout_ms: defaults.timeoutMs,
    deadline_ts: now + defaults.timeoutMs,
    valid_actions: ['check', 'raise'],
    state: {
      hand_number: 1,
      phase: 'turn',
      board: ['2c', '7d', 'Jh', 'Qs'],
      your_hole_cards: ['Ah', 'Kd'],
      pot: 1_200,
      your_stack: 9_400,
      opponent_stacks: [9_400],
      to_call: 0,
      min_raise: 100,
      max_raise: 9_400,
      action_history: history,
    },
  });
}

const history = [
  { seat: 0, action: 'post_small_blind', amount: 50, phase: 'preflop', is_timeout: false },
  { seat: 1, action: 'post_big_blind', amount: 100, phase: 'preflop', is_timeout: false },
  { seat: 0, action: 'raise', amount: 300, phase: 'preflop', is_timeout: false },
  { seat: 1, action: 'call', amount: 200, phase: 'preflop', is_timeout: false },
  { seat: 1, action: 'check', phase: 'flop', is_timeout: false },
  { seat: 0, action: 'raise', amount: 300, phase: 'flop', is_timeout: false },
  { seat: 1, action: 'call', amount: 300, phase: 'flop', is_timeout: false },
  { seat: 1, action: 'check', phase: 'turn', is_timeout: false },
];

function acted(table: Table, action: string): void {
  answers[action] = (answers[action] ?? 0) + 1;
  record(latency, performance.now() - table.askedAt);
  table.turnsLeft -= 1;
  // What follows at once leaves in one write. A client that sleeps would be woken by the first frame alone, and pay for
  // that twice; one that is still busy would not.
  table.stream.cork();
  sayResult(table, 0);
  if (table.isShort) {
    sayResult(table, 1);
    end(table);
  } else {
    afterGap(() => {
      sayResult(table, 1);
      afterGap(() => goOn(table));
    });
  }
  table.stream.uncork();
}

function goOn(table: Table): void {
  if (table.turnsLeft > 0) {
    askForTurn(table);
    return;
  }
  playing -= 1;
  if (playing === 0) whenPlayed();
}

/** Each frame comes alone, as at a table where players think; without a gap all three come in one piece. */
function afterGap(run: () => void): void {
  if (gapMs === 0) run();
  else setTimeout(run, gapMs);
}

function sayResult(table: Table, seat: number): void {
  say(table, { type: 'turn_result', seat, details: { action: 'check', pot: 1_200, is_timeout: false } });
}

function end(table: Table): void {
  say(table, {
    type: 'match_end',
    reason: 'complete',
    results: [{ seat: 0, net_chips: 0, final_stack: 10_000 }],
    total_hands_played: 1,
  });
  table.socket.close(1000);
}

function say(table: Table, frame: object): void {
  table.seq += 1;
  send(table.socket, {
    ...frame,
    match_id: table.matchId,
    seq: table.seq,
    server_ts: new Date().toISOString(),
  });
}

function send(socket: WebSocket, frame: object): void {
  socket.send(JSON.stringify(frame));
}

function parse(data: unknown): { type: string; action?: string } {
  return JSON.parse(String(data)) as { type: string; action?: string };
}

/** Histograms count from 1; these hold microseconds. */
function record(histogram: ReturnType<typeof createHistogram>, ms: number): void {
  histogram.record(Math.max(1, Math.round(ms * 1_000)));
}

function announce(kind: 'long' | 'short', count: number, from: number): void {
  for (let place = 0; place < count; place += 1) {
    const matchId = `${kind}-${from + place}`;
    const url = `/ws/match/${matchId}/p-0`;
    const match = { match_id: matchId, participant_id: 'p-0', gateway_ws_url: url, rated: false };
    if (lobby !== null) send(lobby, { type: 'matched', ...match, decision_timeout_ms: defaults.timeoutMs });
  }
}

async function seatAll(kind: 'long' | 'short', count: number, from: number): Promise<void> {
  wanted = count;
  seated = 0;
  const all = new Promise<void>((resolve) => {
    whenSeated = resolve;
  });
  announcedAt = performance.now();
  announce(kind, count, from);
  await all;
}

async function whilePinging(pingMs: number | undefined, work: () => Promise<void>): Promise<void> {
  if (pingMs === undefined) return work();
  pongs.reset();
  const done = work();
  // Behind what the work has said first.
  ping();
  const pings = setInterval(ping, pingMs);
  await done;
  clearInterval(pings);
  return undefined;
}

async function play(turns: number): Promise<void> {
  playing = tables.size;
  const over = new Promise<void>((resolve) => {
    whenPlayed = resolve;
  });
  for (const table of tables.values()) {
    table.turnsLeft = turns;
    askForTurn(table);
  }
  await over;
}

function ping(): void {
  if (lobby === null || pingedAt > 0) return;
  pingedAt = performance.now();
  send(lobby, { type: 'ping' });
}

/** Keeps this process from sleeping until the function that it returns is called. */
function stayAwake(): () => void {
  let isPlaying = true;
  const turn = (): void => {
    if (isPlaying) setImmediate(turn);
  };
  turn();
  return () => {
    isPlaying = false;
  };
}

async function answer(question: TableQuestion): Promise<TableAnswer> {
  if (question.type === 'online') {
    await new Promise<void>((resolve) => {
      whenOnline = resolve;
    });
  } else if (question.type === 'seat') {
    await whilePinging(question.pingMs, () => seatAll('long', question.matches, tables.size));
  } else if (question.type === 'play') {
    latency.reset();
    answers = {};
    gapMs = question.gapMs;
    const rest = question.awake === true ? stayAwake() : null;
    await whilePinging(question.pingMs, () => play(question.turns));
    rest?.();
  } else if (question.type === 'ping') {
    const pings = setInterval(ping, question.pingMs);
    await setTimeoutPromise(question.forMs);
    clearInterval(pings);
  } else if (question.type === 'short') {
    for (let done = 0; done < question.matches; done += question.atOnce) {
      await seatAll('short', question.atOnce, question.from + done);
    }
  }
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    seatedMs,
    latency: spread(latency),
    pongs: spread(pongs),
    answers,
  };
}

function spread(histogram: ReturnType<typeof createHistogram>): Spread {
  if (histogram.count === 0) return { p50: 0, p99: 0, max: 0 };
  const at = (percent: number) => histogram.percentile(percent) / 1_000;
  return { p50: at(50), p99: at(99), max: histogram.max / 1_000 };
}

serve(answer);
