import { describe, expect, it } from 'vitest';
import { safeAction } from '../../src/protocol/safe-action.js';

describe('safeAction', () => {
  it.each<[string[], string | undefined, string]>([
    [['fold', 'call', 'check', 'raise'], undefined, 'check'],
    [['raise', 'call', 'fold'], undefined, 'fold'],
    [['draw', 'stand'], undefined, 'draw'],
    [[], undefined, 'check'],
    [['check', 'fold'], 'check', 'fold'],
    [['check', 'raise'], 'check', 'raise'],
    [['fold', 'call'], 'raise', 'fold'],
    [['check'], 'check', 'check'],
    [['check', 'check'], 'check', 'check'],
    [['draw'], 'draw', 'draw'],
    [[], 'check', 'check'],
  ])('of %j with %s refused is %s', (offered, refused, safe) => {
    expect(safeAction(offered, refused)).toBe(safe);
  });

  it('leaves the list it was given alone', () => {
    const offered = Object.freeze(['fold', 'check']);
    expect(safeAction(offered, 'fold')).toBe('check');
    expect(offered).toEqual(['fold', 'check']);
  });
});
