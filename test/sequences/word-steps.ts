/** Words that nobody should have said. */
import fc from 'fast-check';
import { lobbyNoise, lobbyNoiseOf, mangled, mangles, matchNoise, noiseOf } from './noise.js';
import { atSeat, define, guestOf, hasMatch, hasSession, nth, who } from './step-parts.js';

export const words = [
  define({
    name: 'mangle',
    disturbs: () => true,
    args: fc.record({ who, what: fc.constantFrom(...mangles), times: fc.integer({ min: 1, max: 4 }) }),
    needs: hasSession,
    act(scene, { who: index, what, times }) {
      const { tap } = guestOf(scene, index) ?? {};
      for (let left = times; left > 0; left -= 1) tap?.replaceNextAnswer((answer) => mangled(what, answer));
    },
  }),
  define({
    name: 'sayToMatch',
    disturbs: () => true,
    args: fc.record({
      who,
      nth,
      what: fc.constantFrom(...matchNoise),
      times: fc.integer({ min: 1, max: 4 }),
    }),
    needs: hasMatch,
    act(scene, { who: index, nth: match, what, times }) {
      atSeat(scene, match, index, (matchId, botId) => {
        const noise = noiseOf(what, matchId, guestOf(scene, index)?.requests.get(matchId));
        for (let left = noise === null ? 0 : times; left > 0; left -= 1) {
          scene.sandbox.control.sendMatch(matchId, botId, noise ?? '');
        }
      });
    },
  }),
  define({
    name: 'sayToLobby',
    args: fc.record({ who, what: fc.constantFrom(...lobbyNoise) }),
    needs: hasSession,
    act: (scene, { who: index, what }) =>
      void scene.sandbox.control.sendLobby(scene.accounts[index]?.botId ?? '', lobbyNoiseOf(what)),
  }),
];
