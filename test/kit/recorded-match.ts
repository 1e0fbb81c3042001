/** Recordings of matches of the real table, as an agent and a platform write them, made at once and without sockets. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HandEnded, HandStarted, TableFact } from '../../src/holdem/facts.js';
import { createTable } from '../../src/holdem/table.js';
import type { Ante, BlindLevel } from '../../src/holdem/table-types.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import type {
  RecordedResult,
  RecordingHeader,
  RecordingRecord,
} from '../../src/recording/recording-shape.js';
import { type PlayedHand, type PlayedMatch, playedHand } from '../../src/records/played-match.js';
import {
  phaseChange,
  roundResult,
  roundStart,
  turnRequest,
  turnResult,
} from '../../src/sandbox/match/wire-of-hand.js';

export interface MatchScript {
  matchId?: string;
  /** By seat. Default: 1000 each, two seats. */
  stacks?: readonly number[];
  ante?: Ante;
  blindSchedule?: readonly BlindLevel[];
  maxHands?: number;
  seed?: string;
  /** Whose recording it is. Default: 0. */
  seat?: number;
  /** What each turn is answered with, from 0 to 99: low is a fold, high a raise. */
  answers?: readonly number[];
  /** Epoch milliseconds. */
  startedAt?: number;
  names?: readonly string[];
}

/** A record, and the hand that it was written in; 0 before the first one. */
export interface ScriptedRecord {
  readonly hand: number;
  readonly record: RecordingRecord;
}

export interface ScriptedMatch {
  readonly matchId: string;
  readonly seat: number;
  readonly played: PlayedMatch;
  /** By the bot at `seat`. */
  readonly records: readonly ScriptedRecord[];
  /** By the platform, all cards face up. */
  readonly facts: readonly ScriptedRecord[];
  readonly result: RecordedResult;
}

const usualAnswers = [50, 75, 30, 95, 20, 60, 5, 88, 40, 15, 72, 99, 33, 10, 66, 81, 25];

export const headerOf = (
  matchId: string,
  given: Partial<RecordingHeader> = {},
): RecordingHeader & { matchId: string } => ({
  type: 'header',
  schema: 1,
  at: 0,
  by: 'agent',
  participantId: `p-${matchId}-0`,
  package: '0.2.0',
  node: 'v20.0.0',
  pid: 1,
  label: null,
  bot: { name: 'Scripted', file: 'bot.ts' },
  env: 'local',
  lobby: 'ws://localhost:8001',
  played: { hash: 'h1', why: null, files: [], git: null, gitWhy: 'There is no git.' },
  ...given,
  matchId,
});

/** Plays the match, and records it. */
export function scriptMatch(script: MatchScript = {}): ScriptedMatch {
  const {
    matchId = 'match-1',
    stacks = [1_000, 1_000],
    ante = 0,
    blindSchedule = [],
    maxHands = 12,
    seed = 'script',
    seat = 0,
    answers = usualAnswers,
    startedAt = Date.UTC(2026, 10, 27, 22, 1),
    names = ['Ann', 'Bob', 'Cid', 'Dot', 'Eve', 'Fay'],
  } = script;
  const table = createTable({ stacks, smallBlind: 5, bigBlind: 10, ante, blindSchedule, maxHands, seed });
  const records: ScriptedRecord[] = [];
  const facts: ScriptedRecord[] = [];
  const hands: PlayedHand[] = [];
  let at = startedAt;
  let [hand, step, turns] = [0, 0, 0];
  let before: readonly number[] = stacks;

  const tick = (): number => {
    at += 10;
    return at;
  };
  const add = (record: RecordingRecord): void => {
    records.push({ hand, record });
  };
  const receive = (frame: object): void =>
    add({
      type: 'in',
      at: tick(),
      frame: { match_id: matchId, server_ts: new Date(at).toISOString(), ...frame },
    });
  const report = (event: AgentEvent): void => add({ type: 'event', at: tick(), event: { at, ...event } });

  const roundId = (): string => `${matchId}-${hand}`;

  const takeFact = (fact: TableFact): void => {
    if (fact.type === 'handStarted') ({ hand, stacks: before } = fact);
    facts.push({ hand, record: { type: 'fact', at, fact: JSON.parse(JSON.stringify(fact)) as TableFact } });
    switch (fact.type) {
      case 'handStarted':
        receive(roundStart(fact, seat, roundId()));
        report({ type: 'hand.started', matchId, hand });
        break;
      case 'acted':
        receive(turnResult(fact));
        break;
      case 'streetOpened':
        receive(phaseChange(fact));
        break;
      case 'handEnded': {
        receive(roundResult(fact, roundId(), lastSeatOf(fact, cards)));
        const { stacks: after, winners, pot } = fact;
        const netChips = (after[seat] ?? 0) - (before[seat] ?? 0);
        report({
          type: 'hand.ended',
          matchId,
          hand,
          seat,
          stacks: [...after],
          winners: [...winners],
          pot,
          netChips,
        });
        break;
      }
      case 'matchEnded': {
        const { standings } = fact;
        receive({
          type: 'match_end',
          reason: 'complete',
          terminal_status: 'completed',
          total_hands_played: hand,
          results: standings.map((row) => ({
            seat: row.seat,
            name: names[row.seat],
            net_chips: row.netChips,
            hands_won: row.handsWon,
            final_stack: row.stack,
          })),
        });
        break;
      }
    }
  };

  let cards: HandStarted['holeCards'] = [];
  const takeFacts = (list: readonly TableFact[]): void => {
    for (const fact of list) {
      if (fact.type === 'handStarted') cards = fact.holeCards;
      takeFact(fact);
    }
  };

  const participantId = `p-${matchId}-${seat}`;
  add(headerOf(matchId, { at, participantId }));
  facts.push({
    hand,
    record: headerOf(matchId, {
      at,
      by: 'platform',
      participantId: null,
      bot: null,
      played: null,
      players: stacks.map((_, index) => names[index] ?? ''),
    }),
  });
  report({ type: 'match.announced', matchId, participantId, rated: true, resume: false });
  report({ type: 'match.connected', matchId, resumed: false });
  receive({
    type: 'match_start',
    turn_timeout_ms: 5_000,
    seats: stacks.map((_, index) => ({ seat: index, display_name: names[index], is_self: index === seat })),
    game_config: {
      variant: 'nlhe',
      starting_stack: new Set(stacks).size === 1 ? stacks[0] : undefined,
      small_blind: 5,
      big_blind: 10,
      ante: typeof ante === 'number' ? ante : undefined,
      num_players: stacks.length,
    },
  });
  report({ type: 'match.started', matchId, seat, opponents: names.filter((_, index) => index !== seat) });
  while (!table.over) {
    const begun = table.startHand();
    takeFacts(begun);
    const all = [...begun];
    while (table.turn !== null) {
      const { turn } = table;
      const draw = answers[step % answers.length] ?? 0;
      step += 1;
      const answer = answerOf(turn, draw);
      const isTimeout = draw % 11 === 0;
      if (turn.seat === seat) {
        turns += 1;
        const requestId = `${matchId}-q${turns}`;
        receive(turnRequest(turn, { requestId, clockMs: 5_000, deadline: at + 5_000 }));
        report({ type: 'turn.requested', matchId, requestId, clockMs: 5_000 });
        report({
          type: 'turn.answered',
          matchId,
          requestId,
          answer,
          source: isTimeout ? 'overdue' : 'bot',
          latencyMs: 3,
          ...(draw % 2 === 0 && { note: { draw } }),
        });
        add({
          type: 'out',
          at: tick(),
          frame: { type: 'turn_action', match_id: matchId, request_id: requestId, ...answer },
        });
      }
      const more = table.act(answer, { isTimeout, legalize: true });
      takeFacts(more);
      all.push(...more);
    }
    const started = all.find((fact): fact is HandStarted => fact.type === 'handStarted');
    const ended = all.find((fact): fact is HandEnded => fact.type === 'handEnded');
    const level = blindSchedule.findLast(({ fromHand }) => fromHand <= hand);
    if (started && ended) hands.push(playedHand(started, ended, level?.bigBlind ?? 10));
  }
  const netChips = (table.stacks[seat] ?? 0) - (stacks[seat] ?? 0);
  add({ type: 'end', at: tick() });
  facts.push({ hand, record: { type: 'end', at } });
  return {
    matchId,
    seat,
    records,
    facts,
    played: {
      matchId,
      origin: 'challenge',
      rated: true,
      startedAt,
      outcome: 'completed',
      seats: stacks.map((_, index) => ({
        name: names[index] ?? '',
        botId: null,
        netChips: (table.stacks[index] ?? 0) - (stacks[index] ?? 0),
        handsWon: null,
        place: null,
      })),
      hands,
      isForgotten: false,
    },
    result: {
      schema: 1,
      at,
      matchId,
      participantId,
      rated: true,
      outcome: 'completed',
      abandonReason: null,
      seat,
      netChips,
      hands: hands.length,
      turns,
      fallbacks: 0,
      corrections: 0,
      rejections: 0,
      timeouts: 0,
      resumes: 0,
      latencyMs: { count: turns, p50: 3, p95: 3, p99: 3, max: 3 },
      startedAt,
      endedAt: at,
      opponents: stacks.flatMap((_, index) => (index === seat ? [] : [names[index] ?? ''])),
      label: null,
      bot: { name: 'Scripted', file: 'bot.ts' },
      env: 'local',
      package: '0.2.0',
      hash: 'h1',
      git: null,
      file: `${matchId}.jsonl`,
    },
  };
}

function answerOf({ minRaise, maxRaise }: { minRaise: number; maxRaise: number }, draw: number) {
  if (draw < 12) return { action: 'fold' };
  if (draw < 55) return { action: 'call' };
  if (draw < 70) return { action: 'check' };
  const share = draw > 92 ? 1 : (draw - 70) / 60;
  return { action: 'raise', params: { amount: minRaise + Math.floor((maxRaise - minRaise) * share) } };
}

/** Players saw the winner's cards in a hand that all others folded. */
function lastSeatOf({ history, shown }: HandEnded, cards: HandStarted['holeCards']) {
  if (shown.length > 0) return null;
  const folded = new Set(history.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  const seat = cards.findIndex((own, index) => own.length > 0 && !folded.has(index));
  return seat < 0 ? null : { seat, holeCards: cards[seat] ?? [] };
}

export const linesOf = (records: readonly (ScriptedRecord | RecordingRecord)[]): string =>
  records.map((one) => `${JSON.stringify('record' in one ? one.record : one)}\n`).join('');

/** Writes files into a folder. @returns the paths. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
}
