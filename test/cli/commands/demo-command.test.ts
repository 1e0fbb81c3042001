import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { makeFolder } from '../../kit/folder.js';
import { type FakeIo, fakeIo } from '../surroundings/fake-surroundings.js';

async function demo(...args: string[]) {
  return play(args, fakeIo());
}

async function play(args: string[], io: FakeIo) {
  const code = await runCli(['demo', ...args], io);
  return { code, out: io.out(), err: io.err(), listeners: io.listeners() };
}

const handLine = /^hand \d+: (?:won \d+|lost \d+|even) in a pot of \d+, \d+ of 20000 chips$/;
/** Ports, ids and latencies differ from run to run. */
const cards = (out: string[]) => out.filter((line) => handLine.test(line));

const tableIn = (out: string[]) => out.slice(out.indexOf('', out.indexOf('') + 1) + 1, out.lastIndexOf(''));

describe('demo', () => {
  it('plays a match, one line per hand, and ends with a table', async () => {
    const { code, out, err, listeners } = await demo(
      '--seed',
      'a',
      '--hands',
      '6',
      '--opponent',
      'calling-station',
    );
    expect({ code, err, listeners }).toEqual({ code: 0, err: [], listeners: 0 });
    expect(cards(out)).toHaveLength(6);
    expect(out[0]).toMatch(/^sandbox at ws:\/\/127\.0\.0\.1:\d+, against calling-station, seed a$/);
    const table = out.slice(out.findIndex((line) => line.startsWith('player ')));
    expect(table).toHaveLength(6);
    expect(table[0]).toBe('player           net chips  hands won  final stack');
    expect(table[1]).toMatch(/^you +[+-]?\d+ +\d+ +\d+$/);
    expect(table[2]).toMatch(/^\S+ +[+-]?\d+ +\d+ +\d+$/);
    expect(table[4]).toMatch(/^You (won \d+|lost \d+|broke even, 0) chips in 6 hands\.$/);
    expect(table[5]).toMatch(/^\d+ decisions?; latency p50 [\d.]+ ms, p95 [\d.]+ ms, max [\d.]+ ms$/);
  });

  it('prints an event a line with --json, the platform first and what came of it last', async () => {
    const { code, out, err } = await demo('--seed', 'a', '--hands', '6', '--json');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    const events = out.map((line) => JSON.parse(line) as { type: string; at: unknown });
    expect(events.every(({ at }) => typeof at === 'number')).toBe(true);
    expect(events[0]).toMatchObject({ type: 'demo.platform', seed: 'a', opponents: ['calling-station'] });
    expect(events.filter(({ type }) => type === 'hand.ended')).toHaveLength(6);
    expect(events.at(-1)).toMatchObject({
      type: 'demo.ended',
      result: { outcome: 'completed', hands: 6, end: { results: [{ name: 'you' }, {}] } },
      players: ['you', 'calling-station'],
      biggestPot: { start: { hand: 2 }, end: { pot: 3000 } },
    });
  });

  it('tells the biggest pot street by street, with the cards of both', async () => {
    const { out } = await demo('--seed', 'a', '--hands', '6');
    const story = out.slice(out.indexOf('') + 1, out.indexOf('', out.indexOf('') + 1));
    expect(story).toEqual([
      'The biggest pot was in hand 2:',
      '  cards     you 4h 3s, calling-station Kd 4d',
      '  preflop   calling-station calls 50, you check',
      '  flop      3c Qs 2d: you bet 200, calling-station calls 200',
      '  turn      3c Qs 2d Js: you bet 400, calling-station calls 400',
      '  river     3c Qs 2d Js 3d: you bet 800, calling-station calls 800',
      '  showdown  you Three of a Kind, calling-station Pair',
      '  pot       you win 3000',
    ]);
  });

  it('tells five house bots of the same kind apart by name', async () => {
    const { out } = await demo('--seed', 'a', '--format', 'sit-and-go', '--hands', '1');
    const names = [1, 2, 3, 4, 5].map((number) => `calling-station ${number}`);
    expect(out[0]).toContain(`, against ${names.join(', ')}, seed a`);
    const table = tableIn(out).slice(1);
    expect(table.map((line) => line.slice(0, 17).trimEnd()).toSorted()).toEqual([...names, 'you']);
  });

  it.each([40, 80, 120])('prints no line of the table over the edge of %i columns', async (columns) => {
    const io = fakeIo();
    const screen = { size: () => ({ columns, rows: 24 }), take: () => expect.fail('not a live view') };
    const { out } = await play(['--seed', 'a', '--format', 'sit-and-go', '--hands', '1'], { ...io, screen });
    const table = tableIn(out);
    expect(table).toHaveLength(7);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    expect(table[0]?.length).toBeLessThan(columns);
    expect(table[0]).toMatch(
      columns < 60 ? /^player +net won +stack$/ : /^player +net chips +hands won +final stack$/,
    );
  });

  it('deals the same cards again with the same seed', async () => {
    const args = ['--seed', 'again', '--hands', '5', '--opponent', 'calling-station'];
    expect(cards((await demo(...args)).out)).toEqual(cards((await demo(...args)).out));
  });

  it('plays bots of files in its own thread with --isolate none, and refuses those of other games', async () => {
    const folder = makeFolder();
    const call = `decide({ validActions }) { (globalThis.playedHere ??= []).push(1); return { action: validActions.includes('check') ? 'check' : 'call' }; }`;
    writeFileSync(join(folder, 'mine.mjs'), `export class Mine { ${call} } export class Other { ${call} }`);
    writeFileSync(join(folder, 'raw.mjs'), `export default { decideRaw: () => ({ action: 'fold' }) };`);
    const args = ['--hands', '2', '--isolate', 'none', '--bot', join(folder, 'mine.mjs#Mine')];
    const { code, out } = await demo(...args, '--opponent', join(folder, 'mine.mjs#Other'));
    const seen: { playedHere?: number[] } = globalThis as object;
    expect([code, (seen.playedHere?.length ?? 0) > 0]).toEqual([0, true]);
    delete seen.playedHere;
    expect(out[0]).toContain(', against Other, ');
    const refused = await demo('--isolate', 'none', '--bot', join(folder, 'raw.mjs'));
    expect(refused).toMatchObject({ code: 6, out: [] });
    expect(refused.err[0]).toContain('raw.mjs has no decide(state)');
  });

  it('refuses an opponent too many before it begins', async () => {
    const io = fakeIo();
    const opponents = Array.from({ length: 6 }, () => ['--opponent', 'random']).flat();
    expect(await runCli(['demo', ...opponents], io)).toBe(2);
    expect([io.out(), io.err()]).toEqual([
      [],
      ['chipzen-agent: A match has 6 seats at most: your bot and all --opponent together.'],
    ]);
  });

  it.each(['sandbox at', 'connecting', 'hand 2'])('ends with 1 at Ctrl-C after "%s"', async (moment) => {
    const io = fakeIo({}, (line) => {
      if (line.startsWith(moment)) setImmediate(() => io.signal('SIGINT'));
    });
    const { code, out } = await play(['--seed', 'a', '--opponent', 'calling-station'], io);
    expect(code).toBe(1);
    expect(out.at(-1)).toMatch(/^(No match was played|The match was abandoned after \d+ hands?: .*[^.])\.$/);
  });
});
