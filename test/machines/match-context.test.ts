import { expect, it } from 'vitest';
import { newMatch } from '../../src/machines/match.context.js';

it('the context of a match has few enough entries to stay a fast object when `assign` copies it', () => {
  const context = newMatch({ matchId: 'm', gatewayUrl: 'ws://x', now: () => 0, random: () => 0 });
  expect(Object.keys(context).length).toBeLessThanOrEqual(16);
});
