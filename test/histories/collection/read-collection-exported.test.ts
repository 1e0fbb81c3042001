/**
 * Recorded is replayed is exported and read again: matches of the local platform, in every format, as an agent and the
 * platform recorded them, with what the platform's /hands and /replay tell of them.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CollectedMatch } from '../../../src/histories/collection/collected-match.js';
import { readCollection } from '../../../src/histories/collection/read-collection.js';
import { exportHands } from '../../../src/histories/formats/export-hands.js';
import { type ExportFormat, exportFormats } from '../../../src/histories/formats/format-names.js';
import type { HandRefusalCode } from '../../../src/histories/formats/hand-refusal.js';
import { readPlatformRecord } from '../../../src/histories/formats/platform-record.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import { Action } from '../../../src/holdem/action.js';
import type { GameState } from '../../../src/holdem/game-state.js';
import { type StartedAgent, startAgent } from '../../kit/agent.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { recordReader } from '../../kit/record-reader.js';
import { writeFiles } from '../../kit/recorded-match.js';
import { asPlayed, playRecordedMatch, type RecordedMatchOptions } from './played-records.js';

const games: readonly (readonly [string, RecordedMatchOptions])[] = [
  ['two seats', { seed: 'two seats' }],
  [
    'two seats, levels that rise',
    {
      seed: 'levels',
      blindSchedule: [
        { fromHand: 4, smallBlind: 20, bigBlind: 40 },
        { fromHand: 8, smallBlind: 50, bigBlind: 100 },
      ],
    },
  ],
  ['two seats, short stacks and antes', { seed: 'short stacks', startingStack: 90, ante: 3 }],
  ['three seats, short stacks', { seed: 'three', opponents: 2, startingStack: 60 }],
  ['six seats, antes', { seed: 'six', opponents: 5, ante: 2, startingStack: 200 }],
  ['six seats, a server of the documents', { seed: 'documents', opponents: 5, dialect: 'documents' }],
  ['four seats, an older server', { seed: 'legacy', opponents: 3, dialect: 'legacy' }],
];

/** What a format cannot say of a hand. */
const mayRefuse: Readonly<Record<ExportFormat, readonly HandRefusalCode[]>> = {
  phh: ['posts'],
  phhs: ['posts'],
  pokerstars: [],
  ohh: [],
  acpc: ['posts', 'antes', 'free_fold'],
  'fpdb-json': ['posts'],
};

async function onlyMatchIn(folder: string): Promise<CollectedMatch> {
  const matches: CollectedMatch[] = [];
  for await (const match of readCollection([folder])) matches.push(match);
  const [match] = matches;
  if (match === undefined || matches.length > 1) throw new Error(`There are ${matches.length} matches.`);
  return match;
}

async function handsIn(text: string, name: string): Promise<HandHistory[]> {
  const folder = makeFolder();
  writeFiles(folder, { [name]: text });
  const hands: HandHistory[] = [];
  const collection = readCollection([folder]);
  for await (const match of collection) hands.push(...match.hands);
  expect(collection.reports.flatMap(({ refused }) => refused)).toEqual([]);
  return hands;
}

/** By hand, by seat: what each seat won or lost. */
const netsOf = (hands: readonly HandHistory[]): unknown[] =>
  hands.map(({ handNumber, seats }) => [
    handNumber,
    ...seats.map(({ stack, stackAfter }) => (stackAfter ?? Number.NaN) - (stack ?? Number.NaN)),
  ]);

describe.each(games)('a match of %s', (_name, options) => {
  it('is the same however it is read', async () => {
    const { matchId, sandbox, agentFolder, platformFolder, replayed, result } =
      await playRecordedMatch(options);
    const played = replayed.map(asPlayed);
    expect(played.length).toBeGreaterThan(1);
    const ours = await onlyMatchIn(agentFolder);
    const table = await onlyMatchIn(platformFolder);
    expect(ours.refused).toEqual([]);
    expect(ours.hands.map(asPlayed)).toEqual(played);
    expect(table.hands.map(asPlayed)).toEqual(played);
    expect(ours.netChips).toBe(result?.netChips);

    const rows = await recordReader(sandbox).hands(matchId);
    const { hands: thin } = readPlatformRecord(JSON.stringify({ total: rows.length, hands: rows }), {
      matchId,
      startingStack: options.startingStack ?? 1_000,
    });
    expect(thin.map(({ history, board }) => ({ history, board }))).toEqual(
      replayed.map(({ history, board }) => ({
        history: history.map((entry) => ({ ...entry, isTimeout: false })),
        board,
      })),
    );

    for (const format of Object.keys(exportFormats) as ExportFormat[]) {
      for (const { hands } of [ours, table]) {
        const { written, refused } = exportHands(hands, { format });
        expect(refused.filter(({ code }) => !mayRefuse[format].includes(code))).toEqual([]);
        if (format === 'phh') {
          for (const { hand, text } of written)
            expect(netsOf(await handsIn(text, 'hand.phh'))).toEqual(netsOf([hand]));
          continue;
        }
        const read = await handsIn(written.map(({ text }) => text).join(''), `hands.${format}`);
        const told = written.map(({ hand }) => hand);
        expect(netsOf(read)).toEqual(netsOf(told));
        expect(read.map(({ board }) => board)).toEqual(told.map(({ board }) => board));
        expect(read.map(({ seats }) => seats.map(({ hasShown }) => hasShown))).toEqual(
          told.map(({ seats }) => seats.map(({ hasShown }) => hasShown)),
        );
      }
    }
  });
});

describe('a match whose connection was dropped, and that another process has taken up in another folder', () => {
  it('has every hand once, and its net is that of the stacks', async () => {
    const folder = makeFolder();
    const { sandbox } = await openPlatform({ maxHands: 12, seed: 'taken up' });
    const bot = sandbox.addBot();
    const calm = {
      decide: ({ validActions }: GameState) =>
        validActions.includes('check') ? Action.check() : Action.call(),
    };
    let matchId = '';
    let isDropped = false;
    const first: StartedAgent = startAgent(
      {
        decide(state: GameState) {
          if (state.handNumber === 3 && !isDropped) isDropped = sandbox.control.dropMatch(matchId, bot.botId);
          if (state.handNumber !== 6) return calm.decide(state);
          void first.agent.stop({ graceMs: 0 });
          return new Promise<never>(() => undefined);
        },
      },
      bot,
      { record: join(folder, 'a') },
    );
    ({ matchId } = await sandbox.dispatch(bot.botId, { opponents: ['calling-station'] }));
    await first.done;
    const second = startAgent(calm, bot, { record: join(folder, 'b'), maxMatches: 1 });
    await second.done;
    const end = await sandbox.result(matchId);

    const replay = await recordReader(sandbox).replay(matchId);
    const { hands: replayed } = readPlatformRecord(JSON.stringify(replay), { matchId });
    const collection = readCollection([join(folder, 'a'), join(folder, 'b')]);
    const matches: CollectedMatch[] = [];
    for await (const match of collection) matches.push(match);
    const [match] = matches;
    expect(matches).toHaveLength(1);
    expect(match?.refused).toEqual([]);
    expect(match?.hands.map(asPlayed)).toEqual(replayed.map(asPlayed));
    expect(match?.hands).toHaveLength(12);
    const net = end.results?.find(({ seat }) => seat === match?.seat)?.net_chips;
    expect(match?.netChips).toBe(net);
    const ofHands = match?.hands.reduce((sum, { seats }) => {
      const own = seats.find(({ seat }) => seat === match.seat);
      return sum + (own?.stackAfter ?? 0) - (own?.stack ?? 0);
    }, 0);
    expect(ofHands).toBe(net);
    expect(match).toMatchObject({
      resumes: 2,
      headers: [{}, {}],
      results: [{ outcome: 'abandoned' }, { outcome: 'completed' }],
    });
    expect(match?.losses).toHaveLength(1);
  });
});
