import { describe, expect, it } from 'vitest';
import { profileLines } from '../../../src/cli/commands/profile-lines.js';
import { createProfileBook } from '../../../src/profiles/profile-book.js';
import { handOf } from '../../histories/hands.js';

/** Twenty hands in which seat 0 raises, is raised, and folds. */
function linesOf(room?: number): string[] {
  const book = createProfileBook();
  for (let number = 1; number <= 20; number += 1) {
    const hand = handOf({ stacks: [500, 500], after: [480, 520] }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 20, 1 raise 60, 0 fold',
    ]);
    book.count({ ...hand, matchId: 'm', handNumber: number, startedAt: 0 });
  }
  const [name = ''] = book.names();
  return profileLines(book.profile(name, {}), null, { redact: (text) => text, room });
}

describe('the lines of a profile', () => {
  it('say in words what went before an answer', () => {
    const lines = linesOf();
    expect(lines).toContain('preflop, first to act (20): fold 0 %, check or call 0 %, raise 100 %');
    expect(lines).toContain(
      "preflop, after its raise, another's raise (20): fold 100 %, check or call 0 %, raise 0 %",
    );
  });

  it('are no wider than the terminal', () => {
    const lines = linesOf(60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(60);
    const at = lines.findIndex((line) => line.startsWith('preflop, after'));
    expect(lines.slice(at, at + 2)).toEqual([
      "preflop, after its raise, another's raise (20): fold 100 %,",
      '  check or call 0 %, raise 0 %',
    ]);
  });
});
