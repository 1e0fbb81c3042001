import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BotLike } from '../../src/bot/bot.js';
import type { JsonObject } from '../../src/protocol/frames.js';
import type { RecordingRecord } from '../../src/recording/recording-shape.js';
import { matchOfRecording } from '../../src/replay/match-of-recording.js';
import { replayFiles } from '../../src/replay/replay-files.js';
import type { AskStep } from '../../src/replay/replay-match.js';
import { passive } from '../check/bad-bots.js';
import { makeFolder } from '../kit/folder.js';
import { recordMatch } from './recorded-replay.js';

const at = 1_795_874_343_501;
const incoming = (frame: JsonObject): RecordingRecord => ({ type: 'in', at, frame });
const outgoing = (frame: JsonObject): RecordingRecord => ({ type: 'out', at, frame });
const answered = (requestId: string, source: string): RecordingRecord =>
  ({ type: 'event', at, event: { type: 'turn.answered', at, matchId: 'm', requestId, source } }) as never;

const hello = incoming({ type: 'hello', selected_version: '1.0' });
const start = incoming({
  type: 'match_start',
  seats: [
    { seat: 0, display_name: 'Rook', is_self: false },
    { seat: 1, display_name: 'me', is_self: true },
  ],
  your_seat: 1,
});
const hand = (number: number, seq = 1) =>
  incoming({
    type: 'round_start',
    seq,
    round_number: number,
    state: { hand_number: number, stacks: [900, 1100], your_hole_cards: ['Ah', 'Kd'] },
  });
const ask = (id: string, clock: JsonObject = {}) =>
  incoming({
    type: 'turn_request',
    seat: 1,
    request_id: id,
    valid_actions: ['fold', 'call'],
    ...clock,
    state: {
      hand_number: 1,
      phase: 'preflop',
      pot: 150,
      to_call: 50,
      your_hole_cards: ['Ah', 'Kd'],
      board: [],
      action_history: [{ seat: 0, action: 'post_big_blind', amount: 100, phase: 'preflop' }],
    },
  });
const acted = (seat: number, action: string, more: JsonObject = {}) =>
  incoming({ type: 'turn_result', seat, details: { action, amount: 0, pot: 1, stacks: [], ...more } });
const ended = incoming({ type: 'round_result', result: { hand_number: 1, stacks: [950, 1050], pot: 150 } });

async function* all(records: readonly RecordingRecord[]) {
  yield* records;
}

async function playedIn(...records: RecordingRecord[]) {
  const { match } = await matchOfRecording(all([hello, start, hand(1), ...records]));
  const steps = match?.hands.flatMap(({ steps: own }) => own) ?? [];
  const asks = steps.filter((step): step is AskStep => step.type === 'ask');
  return { match, steps, played: asks.map(({ played }) => played) };
}

describe('a match from its recording', () => {
  it('has the seat, its opponents, and what the seat won', async () => {
    const { match } = await playedIn(ended);
    expect([match?.seatIndex, match?.seatName, match?.opponents]).toEqual([1, 'me', ['Rook']]);
    expect([match?.hands[0]?.net, match?.hands[0]?.pot]).toEqual([-50, 150]);
  });

  it.each([
    [
      'the answer that was sent',
      [
        ask('a'),
        outgoing({ type: 'turn_action', request_id: 'a', action: 'raise', params: { amount: 300 } }),
      ],
      { action: 'raise', amount: 300, isOwn: true },
    ],
    [
      'what the table says where no answer was recorded',
      [ask('a'), acted(1, 'call')],
      { action: 'call', amount: null, isOwn: true },
    ],
    [
      'an answer of the agent, which is not the choice of the bot',
      [
        ask('a'),
        outgoing({ type: 'turn_action', request_id: 'a', action: 'fold' }),
        answered('a', 'overdue'),
      ],
      { action: 'fold', amount: null, isOwn: false },
    ],
    [
      'what the server played when the time was over',
      [
        ask('a'),
        outgoing({ type: 'turn_action', request_id: 'a', action: 'call' }),
        acted(1, 'fold', { is_timeout: true }),
      ],
      { action: 'fold', amount: null, isOwn: false },
    ],
    ['nothing, where nothing is known', [ask('a'), acted(0, 'fold')], null],
  ])('takes as played %s', async (_, records, played) => {
    expect((await playedIn(...records)).played).toEqual([played]);
  });

  it('asks a turn once that was repeated after a lost connection, and loses the connection again', async () => {
    const { steps } = await playedIn(ask('a'), hello, hand(1, 9), ask('a'), acted(1, 'call'));
    expect(steps.map((step) => (step.type === 'frame' ? step.frame.type : step.type))).toEqual([
      'round_start',
      'ask',
      'reconnect',
      'round_start',
      'turn_result',
    ]);
  });

  it('knows a match that was under way when the bot came', async () => {
    const { match } = await matchOfRecording(all([hello, hand(7), ask('a')]));
    expect([match?.isUnderWay, match?.seatIndex, match?.hands[0]?.handNumber]).toEqual([true, 1, 7]);
  });

  it('leaves out a match of another game', async () => {
    const game = incoming({ type: 'hello', game: { name: 'snake' } });
    expect(await matchOfRecording(all([game, start, hand(1)]))).toEqual({
      match: null,
      unplayed: [{ matchId: null, handNumber: null, code: 'other_game', why: 'This match is not poker.' }],
    });
  });
});

describe('the replay of a recording', () => {
  it('shows the bot all that it was shown then, and asks it all that it was asked', async () => {
    const seen: string[] = [];
    const noting = () => {
      const note = (what: unknown) => void seen.push(JSON.stringify(what));
      return {
        decide(state, turn) {
          note({ ...state, clock: turn.raw.timeout_ms });
          return passive(state);
        },
        onRoundStart: ({ state }) => note(state),
        onPhaseChange: ({ state }) => note(state),
        onTurnResult: ({ details }) => note(details),
        onRoundResult: ({ result }) => note(result),
        onMatchEnd: (results) => note(results),
      } as BotLike;
    };
    const { agent } = await recordMatch(noting, { opponents: ['random', 'random'] });
    const then = seen.splice(0);
    const report = await replayFiles(noting, [agent]);
    expect(seen.length).toBe(then.length);
    expect(seen).toEqual(then);
    expect([report.passed, report.counts.decisions]).toEqual([true, report.counts.same]);
    expect(report.counts.decisions).toBeGreaterThan(5);
  });

  it('plays each match once, from the bot, where the platform has recorded it as well', async () => {
    const { agent, platform } = await recordMatch(() => ({ decide: passive }));
    const report = await replayFiles(() => ({ decide: passive }), [agent, platform]);
    expect([report.counts.matches, report.unplayed]).toEqual([1, []]);
    const rebuilt = await replayFiles(() => ({ decide: passive }), [platform], { hero: 'bot-1' });
    expect(rebuilt.counts).toEqual(report.counts);
    expect([rebuilt.passed, report.passed]).toEqual([true, true]);
  });

  it('tells the bot of a connection that was lost, as then', async () => {
    const folder = makeFolder();
    const { agent } = await recordMatch(() => ({ decide: passive }), { maxHands: 3 });
    const name = readdirSync(agent).find((file) => file.endsWith('.jsonl') && !file.startsWith('s')) ?? '';
    const lines = readFileSync(join(agent, name), 'utf8').split('\n');
    const second = lines.findIndex((line) => line.includes('"round_number":2'));
    const greeting = lines.find((line) => line.includes('"type":"hello"') && line.includes('"type":"in"'));
    writeFileSync(join(folder, name), lines.toSpliced(second, 0, greeting ?? '').join('\n'));
    const back: unknown[] = [];
    const bot = () =>
      ({ decide: passive, onReconnected: (told: unknown) => void back.push(told) }) as BotLike;
    const report = await replayFiles(bot, [folder]);
    expect([back, report.passed, report.counts.hands]).toEqual([
      [{ matchId: expect.any(String), restarted: false }],
      true,
      3,
    ]);
  });

  it('says that a path leads nowhere', async () => {
    await expect(replayFiles(() => ({ decide: passive }), ['nowhere/at-all'])).rejects.toThrow(
      /nowhere\/at-all cannot be read \(ENOENT\)/,
    );
  });
});
