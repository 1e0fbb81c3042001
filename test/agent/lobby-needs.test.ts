import { expect, it } from 'vitest';
import { createLobbyDesk, isLobbyNeeded } from '../../src/agent/lobby-needs.js';

it('the lobby is needed as long as anybody needs it', () => {
  expect(isLobbyNeeded({})).toBe(false);
  expect(isLobbyNeeded({ caller: false, season: false })).toBe(false);
  expect(isLobbyNeeded({ caller: false, season: true })).toBe(true);
});

it('it is left for the reason of whoever needs it last', () => {
  const told: string[] = [];
  const desk = createLobbyDesk(
    { caller: true },
    { enter: () => told.push('enter'), leave: (why) => told.push(`leave: ${why}`) },
  );
  desk.say('season', false, 'no fixture is near');
  desk.say('season', true, 'a fixture is near');
  desk.say('caller', false, 'told to stay out');
  desk.say('season', false, 'the fixture is over');
  expect(told).toEqual(['enter', 'enter', 'enter', 'leave: the fixture is over']);
});
