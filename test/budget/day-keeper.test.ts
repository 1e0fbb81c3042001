import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withMatchOf } from '../../src/budget/claims.js';
import { newDayBook } from '../../src/budget/day-book.js';
import { type DayKeeperOptions, openDayKeeper } from '../../src/budget/day-keeper.js';
import { withDial } from '../../src/budget/dial-pace.js';
import { withLobbyTime } from '../../src/budget/lobby-time.js';
import { OptionError } from '../../src/protocol/errors.js';
import { makeFolder } from '../kit/folder.js';

const noon = Date.parse('2026-01-06T12:00:00Z');
const second = withLobbyTimeOf(1_000);

function withLobbyTimeOf(ms: number) {
  return (book: ReturnType<typeof newDayBook>, now: number) => withLobbyTime(book, ms, now);
}

function open(path: string, more: Partial<DayKeeperOptions> = {}) {
  const told: string[] = [];
  const keeper = openDayKeeper({
    path,
    wallNow: () => noon,
    onTrouble: (message) => told.push(message),
    ...more,
  });
  return { keeper, told };
}

describe('the keeper of the day book', () => {
  it('has what another one wrote, for the user alone', async () => {
    const path = join(makeFolder(), 'home', '.chipzen', 'day-b1.json');
    const { keeper } = open(path);
    await keeper.change(second);
    await keeper.change((book, now) =>
      withMatchOf(withDial(book, now), { matchId: 'm', rated: true, at: now }),
    );
    await keeper.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(open(path).keeper.book()).toEqual({
      ...newDayBook(noon),
      lobbyMs: 1_000,
      dials: { count: 1, unproven: 1, lastAt: noon },
      matches: [{ matchId: 'm', kind: 'unasked', claim: null, at: noon }],
    });
  });

  it('forgets nothing when the file is removed while it is used', async () => {
    const path = join(makeFolder(), 'day.json');
    const { keeper } = open(path);
    await keeper.change(second);
    rmSync(path);
    expect((await keeper.change(second)).lobbyMs).toBe(2_000);
    expect(open(path).keeper.book().lobbyMs).toBe(2_000);
  });

  it('loses no change where several write at the same time', async () => {
    const path = join(makeFolder(), 'day.json');
    const changes: string[] = [];
    const keepers = [1, 2, 3].map(
      (name) => open(path, { onChange: () => changes.push(String(name)) }).keeper,
    );
    await Promise.all(keepers.flatMap((keeper) => Array.from({ length: 20 }, () => keeper.change(second))));
    const books = await Promise.all(keepers.map((keeper) => keeper.refresh()));
    expect(books.map(({ lobbyMs }) => lobbyMs)).toEqual([60_000, 60_000, 60_000]);
    expect(new Set(changes).size).toBe(3);
  });

  it('goes on from what is known elsewhere when the file is empty or of zeros, and says so', async () => {
    for (const content of ['', '\0\0\0\0', '{"schema": 1, "day": 7}', '{"schema": 1,']) {
      const path = join(makeFolder(), 'day.json');
      writeFileSync(path, content);
      const known = withMatchOf(newDayBook(noon), { matchId: 'm', rated: true, at: noon });
      const { keeper, told } = open(path, { rebuild: () => known });
      expect(keeper.book()).toEqual(known);
      expect(told).toEqual([expect.stringContaining('taken from the recordings: 1 matches')]);
      await keeper.change(second);
      expect(open(path).keeper.book()).toEqual({ ...known, lobbyMs: 1_000 });
      writeFileSync(path, content);
      expect(open(path).told).toEqual([expect.stringContaining('counted from 0')]);
    }
  });

  it('keeps what it knows when the file is damaged while it is used', async () => {
    const path = join(makeFolder(), 'day.json');
    const { keeper } = open(path);
    await keeper.change(second);
    writeFileSync(path, '');
    await keeper.change(second);
    expect(open(path).keeper.book().lobbyMs).toBe(2_000);
  });

  it('writes over nothing else', () => {
    const path = join(makeFolder(), 'bot.ts');
    writeFileSync(path, 'export class MyBot {}');
    expect(() => open(path)).toThrow(OptionError);
    expect(() => open(join(path, 'day.json'))).toThrow(OptionError);
    expect(() => open(makeFolder())).toThrow(OptionError);
  });

  it('goes on whatever stands in the usual place, says so, and puts its own there where it can', async () => {
    const oddities: Record<string, (path: string) => void> = {
      'other text': (path) => writeFileSync(path, 'oops'),
      'nothing but spaces': (path) => writeFileSync(path, '  \n'),
      'too much': (path) => writeFileSync(path, Buffer.alloc(1024 * 1024 + 1, 0x20)),
      ...(process.platform === 'linux' && { 'a device': (path) => symlinkSync('/dev/full', path) }),
    };
    for (const [what, make] of Object.entries(oddities)) {
      const path = join(makeFolder(), 'day.json');
      make(path);
      const { keeper, told } = open(path, { isUsual: true });
      expect([what, told]).toEqual([what, [expect.stringContaining('counted from 0')]]);
      await keeper.change(second);
      expect([what, open(path).keeper.book().lobbyMs]).toEqual([what, 1_000]);
    }
  });

  it('counts on where the usual folder cannot be made, and writes all of it once it can', async () => {
    const home = join(makeFolder(), 'home');
    writeFileSync(home, '');
    const path = join(home, '.chipzen', 'day.json');
    const { keeper, told } = open(path, { isUsual: true });
    await keeper.change(second);
    await keeper.change(second);
    expect(keeper.book().lobbyMs).toBe(2_000);
    expect(told).toEqual([expect.stringMatching(/cannot be (read|written) \((ENOTDIR|EEXIST)\)/)]);
    rmSync(home);
    await keeper.change(second);
    expect(open(path).keeper.book().lobbyMs).toBe(3_000);
  });

  it('counts on when the file cannot be written, says so once, and writes all of it later', async () => {
    const path = join(makeFolder(), 'day.json');
    const { keeper, told } = open(path);
    await keeper.change(second);
    rmSync(path);
    mkdirSync(path);
    await Promise.all([second, second, second].map((change) => keeper.change(change)));
    expect(keeper.book().lobbyMs).toBe(4_000);
    expect(told).toHaveLength(1);
    rmSync(path, { recursive: true });
    writeFileSync(path, JSON.stringify(withLobbyTime(newDayBook(noon), 1_000, noon)));
    await keeper.change(second);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ lobbyMs: 5_000 });
    expect(keeper.book().lobbyMs).toBe(5_000);
  });
});
