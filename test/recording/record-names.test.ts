/** The names of recordings. */
import { describe, expect, it } from 'vitest';
import { recordName } from '../../src/recording/record-names.js';

describe('the name of a recording', () => {
  it('is the id of the match where that can be a name', () => {
    expect(recordName('match-1')).toBe('match-1.jsonl');
  });

  it.each(['../x', 'a/b', 'CON', 'results', 'session-1', '', '\u2028', 'x'.repeat(300)])(
    'is another one for the id %j, which stays in the folder',
    (matchId) => {
      expect(recordName(matchId)).toMatch(/^m-[a-z\d_-]{0,80}\.[a-f\d]{16}\.jsonl$/);
    },
  );

  it('has no secret, and differs for ids that differ in one alone', () => {
    const names = ['cz_extbot_aaaa', 'cz_extbot_bbbb'].map((id) => recordName(id, '[token]'));
    expect(names).toEqual([expect.stringMatching(/^m--token-\./), expect.stringMatching(/^m--token-\./)]);
    expect(names[0]).not.toBe(names[1]);
  });
});
