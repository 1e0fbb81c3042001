import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { phhOf, phhsTable } from '../../../src/histories/formats/phh-write.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import { coveredCall, foldedRound, takenOnFlop } from '../../histories/example-hands.js';
import { createBotFolder } from '../../kit/bot-folder.js';
import { makeFolder } from '../../kit/folder.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function replay(...args: string[]) {
  const io = fakeIo();
  const code = await runCli(['replay', ...args, '--isolate', 'none'], io);
  return { code, out: io.out(), err: io.err(), listeners: io.listeners() };
}

/** A file of these hands. */
function fileOf(hands: readonly HandHistory[]): string {
  const file = join(makeFolder(), 'match.phhs');
  writeFileSync(file, hands.map((hand, index) => phhsTable(phhOf(hand), index + 1)).join(''));
  return file;
}

const hands = [coveredCall, { ...coveredCall, handNumber: 2 }];

/** A bot file. */
const bot = (body: string): string => createBotFolder().botFile(body);

/** What seat 0 did in `coveredCall`; `other` may answer in its place. */
const asPlayed = (other = ''): string =>
  bot(
    `decide({ phase, validActions, handNumber }) { ${other}
      return { action: 'raise', params: { amount: { preflop: 30, flop: 60, turn: 1410 }[phase] } }; }`,
  );

/** Times differ from run to run. */
const timeless = (lines: readonly string[]) => lines.map((line) => line.replace(/in \d+\.\d s/, 'in T s'));

describe('replay with a bot', () => {
  it('says that a bot decides as it did', async () => {
    const file = asPlayed();
    const { code, out, err, listeners } = await replay(file, fileOf(hands));
    expect({ code, err, listeners }).toEqual({ code: 0, err: [], listeners: 0 });
    expect(timeless(out).join(' ')).toBe(
      `1 match, 2 hands, 6 decisions in T s: 6 as played, 0 changed. ${file} decides as it did.`,
    );
  });

  it.each([
    [['--opponent', 'nobody'], 'No hand in these files fits --opponent nobody.'],
    [['--opponent', 'Bob', '--hands', '77-78'], 'No hand in these files fits --opponent Bob and --hands.'],
  ])('says why it played nothing: %j', async (flags, why) => {
    const { code, err } = await replay(asPlayed(), fileOf(hands), ...flags);
    expect([code, err]).toEqual([1, [why]]);
  });

  it('says of files without hands what to name', async () => {
    const { code, err } = await replay(asPlayed(), makeFolder());
    expect([code, err]).toEqual([1, [expect.stringContaining('There is no hand in these files: name')]]);
  });

  it('shows the hand, what was played, what is answered now, and what follows', async () => {
    const file = asPlayed("if (phase === 'flop' && handNumber === 2) return { action: 'check' };");
    const { code, out } = await replay(file, fileOf(hands));
    expect(code).toBe(0);
    expect(timeless(out).slice(0, 5)).toEqual([
      'hand 2 of match-1 against Bob: AhKd, +500 in a pot of 1000',
      '  as played    preflop  pot 15 (1.5 bb), 5 to call (25 %): raise to 30',
      '  CHANGED      flop     Kc7d2s pot 60 (6.0 bb): raise to 60, now check',
      '  (as played)  turn     Kc7d2s9h pot 180 (18.0 bb): raise to 1410',
      '',
    ]);
    expect(timeless(out).slice(5).join(' ')).toBe(
      `1 match, 2 hands, 6 decisions in T s: 4 as played, 1 changed, 1 after a difference. Changed: flop raise to check 1. ${file} decides differently in 1 of 6 decisions.`,
    );
  });

  it.each([
    ['nothing', '', 0],
    ['a difference', "if (phase === 'turn') return { action: 'check' };", 1],
    ['a throw', "if (phase === 'turn') throw new Error('no idea');", 1],
    ['an illegal answer', "if (phase === 'turn') return { action: 'call' };", 1],
    [
      'a size that is not legal, though it comes to the same',
      "if (phase === 'turn') return { action: 'raise', params: { amount: 99999 } };",
      1,
    ],
  ])('with --expect, ends with the code for %s', async (_, other, expected) => {
    const { code, out } = await replay(asPlayed(other), fileOf(hands), '--expect');
    expect([code, out.length > 0]).toEqual([expected, true]);
  });

  it('with --expect, fails for an answer that is late', async () => {
    const late = asPlayed("if (phase === 'turn') return new Promise(() => undefined);");
    const { code, out } = await replay(late, fileOf(hands.slice(0, 1)), '--expect', '--clock', '0.05');
    expect(code).toBe(1);
    expect(out).toContain(
      '    late in decide: The bot had not answered when its time was over, and was answered for., 2 times',
    );
  });

  it('names a throw with its place', async () => {
    const file = asPlayed("if (phase === 'flop') throw new Error('no idea');");
    const { out } = await replay(file, fileOf(hands.slice(0, 1)), '--only', 'faults');
    expect(out[1]).toBe(
      '  FAILED       flop     Kc7d2s pot 60 (6.0 bb): raise to 60, now no answer of its own',
    );
    expect(out[2]).toMatch(/^ {4}threw in decide at .*bot-0\.mjs:\d+: no idea, 2 times$/);
    expect(out.at(-1)).toMatch(/has faults in 1 hand\.$/);
  });

  it('tells a bot that mixes, and how often it gives which answer', async () => {
    // Every second time that it is made it is another one.
    const coin = createBotFolder().botFile(
      "own = (globalThis.madeSoFar = (globalThis.madeSoFar ?? 0) + 1); decide({ phase, validActions }) { return this.own % 2 && phase === 'preflop' ? { action: 'fold' } : { action: 'raise', params: { amount: { preflop: 30, flop: 60, turn: 1410 }[phase] } }; }",
    );
    const { code, out } = await replay(coin, fileOf(hands.slice(0, 1)), '--repeat', '20', '--expect');
    expect(code).toBe(0);
    expect(out[1]).toBe(
      '  mixes        preflop  pot 15 (1.5 bb), 5 to call (25 %): raise to 30, now the same in 10 of 20 (30 to 70 %), fold in 10',
    );
    expect(out.join(' ')).toContain('The bot mixes: it answers the same turn in several ways');
    expect(out.join(' ')).toMatch(/ mixes: nothing shows a change\.$/);
    // Two plays of each turn tell nothing of it.
    const once = await replay(coin, fileOf(hands.slice(0, 1)));
    expect(once.out.join(' ')).toMatch(/ mixes: --repeat 20 tells whether it plays as it did\.$/);
  });

  it('prints the hands that lost most first, and only as many', async () => {
    const cheap = { ...takenOnFlop, matchId: 'match-2', handNumber: 3 };
    const file = bot('decide = () => ({ action: "fold" });');
    const { out } = await replay(file, fileOf([...hands, cheap]), '--worst', '1', '--only', 'changed');
    expect(out[0]).toMatch(/^hand 3 of match-2 against Bob, .* -70 in a pot of/);
    expect(out.filter((line) => line.startsWith('hand '))).toHaveLength(1);
    expect(out.join(' ')).toContain('more hands with a difference: --worst, --only and --json choose.');
  });

  it('takes hands by their numbers, and matches by the opponent', async () => {
    const file = bot('decide = () => ({ action: "fold" });');
    const all = fileOf([...hands, { ...takenOnFlop, matchId: 'match-2', handNumber: 3 }]);
    const heads = async (...flags: string[]) =>
      (await replay(file, all, ...flags)).out
        .filter((line) => line.startsWith('hand '))
        .map((line) => line.slice(0, 17));
    expect(await heads('--hands', '2-9')).toEqual(['hand 2 of match-1', 'hand 3 of match-2']);
    expect(await heads('--opponent', 'eve')).toEqual(['hand 3 of match-2']);
  });

  it('prints the report as one line of JSON', async () => {
    const file = asPlayed("if (phase === 'turn') return { action: 'check' };");
    const { code, out } = await replay(file, fileOf(hands), '--json');
    expect([code, out.length]).toEqual([0, 1]);
    const report = JSON.parse(out[0] ?? '');
    expect(report).toMatchObject({
      bot: file,
      passed: false,
      finished: true,
      counts: { matches: 1, hands: 2, decisions: 6, same: 4, changed: 2 },
    });
    expect(report.hands[0].decisions[2]).toMatchObject({
      street: 'turn',
      verdict: 'changed',
      played: { action: 'raise', amount: 1410, isOwn: true },
      answers: [{ action: 'check', amount: null, times: 2 }],
    });
  });

  it('ends at Ctrl-C with what was played', async () => {
    const io = fakeIo();
    const waiting = asPlayed(
      "if (phase === 'turn' && handNumber === 2) { globalThis.interrupt?.(); return new Promise(() => undefined); }",
    );
    Object.assign(globalThis, { interrupt: () => io.signal('SIGINT') });
    const code = await runCli(['replay', waiting, fileOf(hands), '--isolate', 'none', '--clock', '60'], io);
    Reflect.deleteProperty(globalThis, 'interrupt');
    expect([code, io.listeners()]).toEqual([1, 0]);
    expect(timeless(io.out()).join(' ')).toContain(
      '5 decisions in T s: 5 as played, 0 changed. It was ended before the last match: this is what was played until then.',
    );
  });

  it('asks for the seat where nothing tells it, and ends with 2', async () => {
    const file = fileOf([{ ...coveredCall, hero: null }]);
    const { code, err } = await replay(asPlayed(), file);
    expect([code, err]).toEqual([
      2,
      ["chipzen-agent: Nothing says which seat was the bot's: name it, or give its number (0 Ann, 1 Bob)."],
    ]);
    expect((await replay(asPlayed(), file, '--hero', 'Ann')).code).toBe(0);
  });

  it('ends with 1 where no hand can be played, and says why', async () => {
    const { code, out } = await replay(asPlayed(), fileOf([{ ...foldedRound, hero: 0 }]));
    expect(code).toBe(1);
    expect(out.join(' ')).toContain(
      'left out: match-1, hand 1: no_cards: The cards of seat 0 (Ann) are not known.',
    );
    expect(out.at(-1)).toMatch(/no hand was played\.$/);
  });

  it.each([
    [['a.mjs', 'b.mjs', 'c.phh'], 'Give one bot file, and then files of hands.'],
    [['a.mjs'], 'Give files of hands, or folders with them, after the bot file.'],
    [['a.mjs', 'c.phh'], /a\.mjs/],
    [['nowhere.phh'], /nowhere\.phh cannot be read \(ENOENT\)/],
    [['hands.phh', '--expect'], 'There is no bot among the files'],
    [['hands.phh', '--hands', '9-3'], 'Give numbers of hands, like 12 or 12,40-60.'],
  ])('ends with 2 for %j', async (args, words) => {
    const { code, err } = await replay(...args);
    expect(code).toBe(2);
    expect(err.join(' ')).toMatch(words);
  });

  it('ends with 6 for a bot that cannot be made', async () => {
    const { code, err } = await replay(bot('constructor() { throw new Error("no tables"); }'), fileOf(hands));
    expect([code, err.join(' ')]).toEqual([6, expect.stringContaining('no tables')]);
  });
});

describe('replay without a bot', () => {
  it('shows hands as text: cards, actions, pots, result', async () => {
    const { code, out, err } = await replay(fileOf([coveredCall, { ...foldedRound, handNumber: 2 }]));
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toEqual([
      'hand 1 of match-1, blinds 5/10',
      '  Ann     1500  Ah Kd  button, the bot',
      '  Bob      500  Qs Qc',
      '  preflop  Ann small blind 5, Bob big blind 10, Ann raise to 30, Bob call 20',
      '  flop     Kc 7d 2s  pot 60: Bob check, Ann bet 60, Bob call 60',
      '  turn     Kc 7d 2s 9h  pot 180: Bob check, Ann bet 1410 (all-in), Bob call 410',
      '           (all-in)',
      '  river    Kc 7d 2s 9h 3c  pot 1000',
      '  result   pot 1000, shown by Ann and Bob: Ann +500, Bob -500',
      '',
      'hand 2 of match-1, blinds 5/10',
      '  Ann      100',
      '  Bob      100',
      '  Cid      100         button',
      '  preflop  Ann small blind 5, Bob big blind 10, Cid fold, Ann fold',
      '  result   pot 10, not shown: Ann -5, Bob +5',
    ]);
  });

  it('prints a hand a line with --json, and the worst alone with --worst', async () => {
    const file = fileOf([coveredCall, { ...takenOnFlop, matchId: 'match-2', handNumber: 2 }]);
    const lines = (await replay(file, '--json')).out.map((line) => JSON.parse(line).handNumber);
    expect(lines).toEqual([1, 2]);
    expect((await replay(file, '--worst', '1')).out[0]).toBe('hand 2 of match-2, blinds 5/10');
    expect((await replay(file, '--opponent', 'fay')).out[0]).toBe('hand 2 of match-2, blinds 5/10');
  });

  it('ends with 1 where there is no hand', async () => {
    const { code, err } = await replay(fileOf([coveredCall]), '--hands', '7');
    expect([code, err]).toEqual([1, ['No hand in these files fits --hands.']]);
  });
});
