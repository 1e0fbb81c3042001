/** The cache of scouted matches: one file a match, whole or not at all, of a limited size. */
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHistories } from '../../src/histories/formats/read-file.js';
import { readMatch } from '../../src/platform/read-records.js';
import { openScoutCache } from '../../src/scout/scout-cache.js';
import { isThinner, type ScoutedMatch } from '../../src/scout/scouted-match.js';
import { makeFolder } from '../kit/folder.js';
import { handsAnswer, matchRow } from '../platform/records.js';

const scouted = (id = matchRow.id, hands: readonly unknown[] = handsAnswer.hands): ScoutedMatch => {
  const match = readMatch({ ...matchRow, id });
  if (match === null) throw new Error('no match');
  return { match, source: 'hands', askedAt: 1_000, hands, metadata: null };
};

const open = (folder: string, maxBytes?: number) => {
  let now = 1_700_000_000_000;
  const cache = openScoutCache({
    folder,
    origin: 'https://chipzen.ai',
    ...(maxBytes !== undefined && { maxBytes }),
    // Each look at the clock is a second later.
    wallNow: () => (now += 1_000),
  });
  return cache;
};

describe('the cache of matches', () => {
  it('has a file a match below the name of the platform, which comes back as it was', () => {
    const folder = makeFolder();
    const cache = open(folder);
    expect([cache.has(matchRow.id), cache.read(matchRow.id)]).toEqual([false, null]);
    expect(cache.write(scouted())).toBe(true);
    expect(readdirSync(join(folder, 'chipzen.ai', 'matches'))).toEqual([`${matchRow.id}.json`]);
    expect(open(folder).read(matchRow.id)).toEqual(scouted());
    expect([...open(folder).all()]).toEqual([scouted()]);
  });

  it('is read by whatever reads files of hands, with names and time', () => {
    const cache = open(makeFolder());
    cache.write(scouted());
    const text = readFileSync(join(cache.matches, `${matchRow.id}.json`), 'utf8');
    const { kind, hands } = readHistories(text, { matchId: null });
    expect(kind).toBe('record');
    expect(hands[0]).toMatchObject({ matchId: matchRow.id, seats: [{ name: 'alder' }, { name: 'birch' }] });
  });

  it('keeps no token, whoever said it', () => {
    const cache = open(makeFolder());
    const token = 'cz_extbot_abcdefghijklmnopqrstuvwxyz012345';
    cache.write(scouted(matchRow.id, [{ hand_number: 1, said: token }]));
    const text = readFileSync(join(cache.matches, `${matchRow.id}.json`), 'utf8');
    expect([text.includes('[token]'), text.includes('cz_extbot_')]).toEqual([true, false]);
  });

  it('never replaces what tells more, unless it has to', () => {
    const cache = open(makeFolder());
    const [hand] = handsAnswer.hands;
    const rich = scouted(matchRow.id, [hand, { ...hand, hand_number: 5 }]);
    cache.write(rich);
    const { hole_cards: _, ...faceDown } = hand ?? { hole_cards: {} };
    for (const thin of [scouted(), scouted(matchRow.id, [hand, faceDown]), scouted(matchRow.id, [])]) {
      expect(cache.write(thin)).toBe(false);
      expect(cache.read(matchRow.id)).toEqual(rich);
    }
    expect(cache.write(rich)).toBe(true);
    expect(cache.write(scouted(), true)).toBe(true);
    expect(cache.read(matchRow.id)).toEqual(scouted());
  });

  it('lets the matches go that were used longest ago', () => {
    const folder = makeFolder();
    const cache = open(folder);
    for (const id of ['a', 'b', 'c']) cache.write(scouted(id));
    const bytes = readFileSync(join(cache.matches, 'a.json')).length;
    for (const [index, id] of ['a', 'b', 'c'].entries())
      utimesSync(join(cache.matches, `${id}.json`), 1_600_000_000 + index, 1_600_000_000 + index);
    const small = open(folder, 3 * bytes);
    small.read('a');
    small.write(scouted('d'));
    expect(readdirSync(small.matches).toSorted()).toEqual(['a.json', 'c.json', 'd.json']);
    expect([small.removed, small.has('b'), small.read('b')]).toEqual([1, false, null]);
  });

  it('takes damaged files for none, and files of another match, too', () => {
    const cache = open(makeFolder());
    for (const text of ['', '{"schema":1', '\0'.repeat(50), '{"schema":9,"hands":[]}']) {
      writeFileSync(join(cache.matches, 'x.json'), text);
      expect(cache.read('x')).toBeNull();
    }
    cache.write(scouted('y'));
    writeFileSync(join(cache.matches, 'x.json'), readFileSync(join(cache.matches, 'y.json')));
    expect(cache.read('x')).toBeNull();
    expect(cache.write(scouted('x'))).toBe(true);
    expect(cache.read('x')).toEqual(scouted('x'));
  });

  it('has a safe file for whatever a platform calls a match', () => {
    const cache = open(makeFolder());
    for (const id of ['../../x', 'CON', 'con', 'a/b', 'x'.repeat(300), 'Ä']) {
      cache.write(scouted(id));
      expect(cache.read(id)?.match.matchId).toBe(id);
    }
    expect(readdirSync(cache.matches)).toHaveLength(6);
    expect(existsSync(join(cache.matches, '..', '..', 'x.json'))).toBe(false);
  });

  it('clears away what a killed scout has left, and nothing that another one writes now', () => {
    const folder = makeFolder();
    const cache = open(folder);
    const old = join(cache.matches, 'a.json.draft-1-x');
    const young = join(cache.matches, 'b.json.draft-2-x');
    for (const path of [old, young]) writeFileSync(path, 'x');
    utimesSync(old, 1_600_000_000, 1_600_000_000);
    utimesSync(young, 1_700_000_000, 1_700_000_000);
    open(folder);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });

  it('that cannot be used is refused', () => {
    expect(() => open('/dev/null/x')).toThrow(/cannot be used/);
  });
});

it('a match is thinner with fewer hands, fewer cards, or less about its seats', () => {
  const base = scouted();
  const seatless = {
    ...base,
    match: {
      ...base.match,
      participants: base.match.participants.map((each) => ({ ...each, netChips: null })),
    },
  };
  expect([isThinner(base, base), isThinner(seatless, base), isThinner(base, seatless)]).toEqual([
    false,
    true,
    false,
  ]);
});
