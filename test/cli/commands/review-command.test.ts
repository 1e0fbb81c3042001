import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { phhOf } from '../../../src/histories/formats/phh-write.js';
import { coveredCall } from '../../histories/example-hands.js';
import { makeFolder } from '../../kit/folder.js';
import { linesOf, type MatchScript, scriptMatch, writeFiles } from '../../kit/recorded-match.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

async function run(args: string[], given: Partial<ReturnType<typeof fakeIo>> = {}) {
  const io = { ...fakeIo(), ...given };
  const code = await runCli(['review', ...args], io);
  return { code, out: io.out(), err: io.err().join('\n'), json: () => JSON.parse(io.out()[0] ?? '') };
}

function folderOf(...scripts: MatchScript[]): string {
  const folder = makeFolder();
  for (const script of scripts) {
    const { matchId, records } = scriptMatch({ maxHands: 6, ...script });
    writeFiles(folder, { [`${matchId}.jsonl`]: linesOf(records) });
  }
  return folder;
}

const three = () =>
  folderOf(
    { matchId: 'match-1', startedAt: Date.UTC(2026, 9, 1), names: ['Ann', 'Rook'] },
    { matchId: 'match-2', startedAt: Date.UTC(2026, 9, 2), names: ['Ann', 'Birch'], seed: 'two' },
    { matchId: 'match-3', startedAt: Date.UTC(2026, 9, 3), names: ['Ann', 'Rook'], seed: 'three' },
  );

describe('review', () => {
  it('has the chips that the matches ended with, and its rows add up to them', async () => {
    const scripts = ['a', 'b', 'c'].map((seed) => ({ matchId: `match-${seed}`, seed, maxHands: 8 }));
    const folder = folderOf(...scripts);
    const net = scripts.reduce((sum, script) => sum + (scriptMatch(script).result.netChips ?? 0), 0);
    const { code, json } = await run([folder, '--json']);
    const told = json();
    expect([code, told.chips, told.base.matches]).toEqual([0, net, 3]);
    expect(told.places.reduce((sum: number, { chips }: { chips: number }) => sum + chips, 0)).toBe(net);
    expect(told.unread).toEqual([]);
  });

  it('prints tables no wider than the terminal, with a number and an error for each figure', async () => {
    const { code, out, err } = await run([three()]);
    expect([code, err]).toEqual([0, '']);
    expect(out.filter((line) => line.length > 80)).toEqual([]);
    expect(out[0]).toMatch(/^\d+ hands of 3 matches; none is left out\.$/);
    expect(out[1]).toMatch(/^net [+-]?\d+ chips, [+-]?\d+\.\d ±\d+\.\d bb\/100/);
    const places = out.slice(out.indexOf('Where the chips went: each hand is in one row') + 1);
    expect(places[0]?.trim().split(/ {2,}/)).toEqual(['hands', 'chips', 'bb/100 of all', 'bb a hand']);
    expect(places.slice(1, 12).map((line) => line.slice(0, 19).trimEnd())).toEqual([
      'folded best',
      'folded behind',
      'folded, unknown',
      'won, all folded',
      'all-in before river',
      'bluff called',
      'raise called',
      'paid off',
      'call that won',
      'checked down',
      'all',
    ]);
    expect(out).toContain('Worst hands');
    expect(out).toContain('Slowest decisions');
  });

  it('has each row and column explained', async () => {
    const { out } = await run([three(), '--md']);
    const ordinary = new Set(['all', 'hands', 'preflop', 'flop', 'turn', 'river']);
    const page = readFileSync('docs/review.md', 'utf8').replaceAll('**', '');
    const rows = out
      .filter((line) => /^\| (?!---)/.test(line))
      .map((line) => line.split('|').map((text) => text.trim()));
    const [first] = rows;
    const names = new Set(
      [...rows.map(([, name]) => name), ...(first ?? []), ...(rows.at(-5) ?? [])].filter(
        (text) => text && !/^[\d+-]/.test(text),
      ),
    );
    expect([...names].filter((name) => !ordinary.has(name ?? '') && !page.includes(name ?? ''))).toEqual([]);
    expect(names.size).toBeGreaterThan(18);
  });

  it('takes the matches of an opponent, of a time, and the newest', async () => {
    const folder = three();
    const ids = async (...args: string[]) => {
      const { json } = await run([folder, '--json', '--worst', '100', ...args]);
      const { base, slowest } = json();
      return [
        base.matches,
        [...new Set<string>(slowest.map(({ matchId }: { matchId: string }) => matchId))].toSorted(),
      ];
    };
    expect(await ids('--opponent', 'rook')).toEqual([2, ['match-1', 'match-3']]);
    expect(await ids('--since', '2026-10-02')).toEqual([2, ['match-2', 'match-3']]);
    expect(await ids('--last', '1')).toEqual([1, ['match-3']]);
    expect(await ids('--last', '1', '--opponent', 'Birch')).toEqual([1, ['match-2']]);
    expect(await ids('--label', 'none')).toEqual([0, []]);
  });

  it('is the same as Markdown', async () => {
    const { code, out } = await run([three(), '--md']);
    expect(code).toBe(0);
    expect(out[0]).toBe('# Review');
    expect(out).toContain('|  | hands | chips | bb/100 of all | bb a hand |');
    const row = out.find((line) => line.startsWith('| all | '));
    expect(row?.split('|')).toHaveLength(7);
  });

  it('names a hand whose chips do not add up, and has it in no sum', async () => {
    const folder = folderOf({ matchId: 'match-1' });
    const path = join(folder, 'match-1.jsonl');
    const lines = readFileSync(path, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('"round_result"'));
    writeFileSync(
      path,
      lines
        .map((line, index) => (index === at ? line.replace(/"stacks":\[(\d+)/, '"stacks":[9$1') : line))
        .join('\n'),
    );
    const { json } = await run([folder, '--json']);
    const { base } = json();
    expect(base.left.refused.unsound).toBeGreaterThan(0);
    const { out } = await run([folder]);
    expect(out[0]).toContain(`${base.refusedHands.length} in no sum (${base.left.refused.unsound} unsound`);
    expect(out.join('\n')).toMatch(/left out: hand 1 of match-1: unsound:/);
  });

  it('of files that do not say whose hands they are needs a name', async () => {
    const folder = makeFolder();
    const [path = ''] = writeFiles(folder, { 'hand.phh': phhOf({ ...coveredCall, hero: null }) });
    const without = await run([path]);
    expect([without.code, without.out]).toEqual([1, ['0 hands of 0 matches; none is left out.']]);
    expect(without.err).toBe('It is not known whose hands these are: name a player with --hero (Ann, Bob).');
    const named = await run([path, '--hero', 'ann', '--json']);
    expect([named.code, named.json().chips]).toEqual([0, 500]);
    const nobody = await run([path, '--hero', 'Cid']);
    expect(nobody.err).toBe('1 match was passed over: Cid is not at its table. There are Ann, Bob.');
  });

  it('names hands of other files that were refused', async () => {
    const bad = phhOf(coveredCall).replace('[0, 2000]', '[0, 2001]');
    const folder = makeFolder();
    const [path] = writeFiles(folder, { 'a.phh': phhOf(coveredCall), 'b.phh': bad });
    expect(bad).not.toBe(phhOf(coveredCall));
    const { out } = await run([folder, '--hero', 'Ann']);
    expect(out[0]).toBe('1 hand of 1 match; 1 in no sum (1 unsound).');
    expect(out.join(' ').replaceAll(/ +/g, ' ')).toContain(`left out: hand 1 of`);
    expect(path).toContain('a.phh');
  });

  it('takes one form of the answer', async () => {
    const { code, err } = await run([three(), '--json', '--md']);
    expect([code, err.includes('two forms of one review')]).toEqual([2, true]);
  });

  it('of an empty folder, of one without recordings and of a path that leads nowhere says so', async () => {
    const empty = await run([makeFolder()]);
    expect([empty.code, empty.out, empty.err]).toEqual([
      1,
      ['0 hands of 0 matches; none is left out.'],
      'There is no match in these files.',
    ]);
    const folder = makeFolder();
    writeFiles(folder, { 'notes.txt': 'nothing of this is a hand\n' });
    const odd = await run([folder]);
    expect(odd.code).toBe(1);
    expect(odd.err).toMatch(/^There is no match in these files\.\n.*notes\.txt: It is none of what is read/);
    const nowhere = await run(['no/such/folder']);
    expect([nowhere.code, nowhere.out]).toEqual([2, []]);
    expect(nowhere.err).toContain('no/such/folder');
  });

  it('draws how far it is where there is a terminal, and takes the line away', async () => {
    let written = '';
    const stderr = { write: (text: string) => (written += text) };
    await run([three()], { isErrorTerminal: true, stderr });
    const drawn = written.split('\r\u001b[K');
    expect(drawn[0]).toBe('');
    expect(drawn[1]).toMatch(/^\d+ % {2}1\/3 files, 1 match, \d+ hands?/);
    expect(drawn.at(-1)).toBe('');
  });

  it('ended early, is of what was read until then', async () => {
    const io = fakeIo();
    const folder = three();
    const stderr = {
      write: (text: string) => {
        if (text.includes('1 match')) io.signal('SIGINT');
        return true;
      },
    };
    const code = await runCli(['review', folder], { ...io, stderr, isErrorTerminal: true });
    expect(code).toBe(1);
    expect(io.out()[0]).toMatch(/^Ended early: \d+ hands? of 1 match;/);
    expect(io.listeners()).toBe(0);
  });

  it('never shows the token', async () => {
    const folder = folderOf({ matchId: 'match-1', names: ['Ann', 'cz_extbot_secret'] });
    appendFileSync(join(folder, 'match-1.jsonl'), '{"torn":');
    const { out } = await run([folder, '--opponent', 'cz_extbot_secret']);
    expect(out.join('\n')).not.toContain('cz_extbot_secret');
    expect(out[0]).toMatch(/of 1 match;/);
  });
});
