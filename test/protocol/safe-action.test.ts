import { describe, expect, it } from 'vitest';
import { freeAction, safeAction, saferAction } from '../../src/protocol/safe-action.js';

describe('safeAction', () => {
  it.each<[string[], string]>([
    [['fold', 'call', 'check', 'raise'], 'check'],
    [['raise', 'call', 'fold'], 'fold'],
    [['draw', 'stand'], 'draw'],
    [[], 'check'],
  ])('of %j is %s', (offered, safe) => {
    expect(safeAction(offered)).toBe(safe);
  });
});

describe('freeAction', () => {
  it.each<[string[], string | null]>([
    [['fold', 'call', 'check', 'raise'], 'check'],
    [['call', 'fold', 'raise'], 'fold'],
    [['draw'], 'draw'],
    [['place'], null],
    [['choose_body'], null],
    [['idle', 'move_in', 'block'], null],
    [[], null],
  ])('of %j is %s', (offered, free) => {
    expect(freeAction(offered)).toBe(free);
  });
});

describe('saferAction', () => {
  it.each<[string[], string, string | null]>([
    [['check', 'fold'], 'check', 'fold'],
    [['check', 'fold'], 'fold', 'check'],
    [['fold', 'call'], 'raise', 'fold'],
    [['call'], 'raise', 'call'],
    [['fold', 'call'], 'call', 'fold'],
    [['fold', 'call'], 'fold', null],
    [['call', 'raise'], 'fold', null],
    [['check', 'raise'], 'check', null],
    [['check', 'check'], 'check', null],
    [['draw', 'stand'], 'draw', 'stand'],
    [['draw'], 'draw', null],
    [[], 'check', null],
  ])('of %j with %s refused is %s', (offered, refused, safe) => {
    expect(saferAction(Object.freeze(offered) as string[], refused)).toBe(safe);
  });
});
