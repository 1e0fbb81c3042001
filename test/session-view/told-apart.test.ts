import { describe, expect, it } from 'vitest';
import { toldApart } from '../../src/session-view/told-apart.js';

describe('toldApart', () => {
  it.each<[string[], string[], string[]]>([
    [[], [], []],
    [['ann', 'bob'], [], ['ann', 'bob']],
    [['ann', 'bob', 'ann'], [], ['ann 1', 'bob', 'ann 2']],
    [['ann', 'ann 1', 'ann'], [], ['ann 2', 'ann 1', 'ann 3']],
    [['bot', 'equity'], ['bot'], ['bot 2', 'equity']],
    [['bot', 'bot'], ['bot'], ['bot 2', 'bot 3']],
    [['', ''], [], [' 1', ' 2']],
  ])('of %j beside %j makes %j', (names, others, apart) => {
    expect(toldApart(names, others)).toEqual(apart);
  });
});
