import { expect, it } from 'vitest';
import { legOf, shownPath } from '../../src/chaos/leg.js';

it('a path tells the leg, and no token that stands in it is shown', () => {
  expect(
    ['/ws/external/bot/b', '/ws/external/match/m/p', '/ws/match/m/bot', '/chat', '/ws/external/botx'].map(
      legOf,
    ),
  ).toEqual(['lobby', 'match', 'match', 'other', 'other']);
  expect(shownPath('/ws/external/bot/cz_extbot_abc123\u0007')).toBe('/ws/external/bot/[token]');
  expect(shownPath('/ws/external/bot/cz\u200b_extbot_abc123')).toBe('/ws/external/bot/[token]');
});
