/** Everything that takes a connection away or makes it worse. */
import fc from 'fast-check';
import { profiles } from '../../src/chaos/profiles.js';
import { noChaos } from './scene.js';
import { atSeat, define, guestOf, hasMatch, hasSession, nth, who } from './step-parts.js';

const codes = [null, 1000, 1001, 1011, 1012, 1013, 4000, 4009] as const;
const matchCodes = [
  ...codes,
  1008,
  4001,
  4002,
  4003,
  4004,
  4005,
  4006,
  4007,
  4008,
  4010,
  4011,
  4013,
] as const;

export const losses = [
  define({
    name: 'dropLobby',
    args: fc.record({ who, code: fc.constantFrom(...codes) }),
    needs: hasSession,
    act: (scene, { who: index, code }) =>
      void scene.sandbox.control.dropLobby(scene.accounts[index]?.botId ?? '', code ?? undefined),
  }),
  define({
    name: 'dropMatch',
    args: fc.record({ who, nth, code: fc.constantFrom(null, null, ...matchCodes) }),
    needs: hasMatch,
    act: (scene, { who: index, nth: match, code }) =>
      atSeat(scene, match, index, (matchId, botId) =>
        scene.sandbox.control.dropMatch(matchId, botId, code ?? undefined),
      ),
  }),
  define({
    name: 'evict',
    args: fc.record({ who }),
    needs: hasSession,
    act: (scene, { who: index }) => void scene.sandbox.control.evict(scene.accounts[index]?.botId ?? ''),
  }),
  define({
    name: 'revoke',
    args: fc.record({ who }),
    act(scene, { who: index }) {
      scene.sandbox.control.revoke(scene.accounts[index]?.token ?? '');
      scene.renew(index);
    },
  }),
  define({
    name: 'freezeLobby',
    args: fc.record({ who }),
    needs: hasSession,
    act: (scene, { who: index }) =>
      void scene.sandbox.control.freezeLobby(scene.accounts[index]?.botId ?? ''),
  }),
  define({
    name: 'freezeMatch',
    disturbs: () => true,
    args: fc.record({ who, nth }),
    needs: hasMatch,
    act: (scene, { who: index, nth: match }) =>
      atSeat(scene, match, index, (matchId, botId) => scene.sandbox.control.freezeMatch(matchId, botId)),
  }),
  define({
    name: 'restart',
    args: fc.record({ downMs: fc.constantFrom(0, 1_000, 20_000) }),
    act: ({ sandbox }, { downMs }) => sandbox.control.restart({ downMs }),
  }),
  define({
    name: 'chaos',
    disturbs: ({ name }) => name !== noChaos.name,
    args: fc.record({ name: fc.constantFrom('none', ...profiles.map(({ name }) => name)) }),
    act: ({ sandbox }, { name }) =>
      sandbox.control.chaos(profiles.find((profile) => profile.name === name) ?? noChaos),
  }),
  define({
    name: 'cutWire',
    args: fc.record({ who, how: fc.constantFrom('reset' as const, 'fin' as const) }),
    needs: hasSession,
    act: (scene, { who: index, how }) => guestOf(scene, index)?.tap.cut(how),
  }),
  define({
    name: 'blockWire',
    args: fc.record({ who, isBlocked: fc.boolean() }),
    needs: hasSession,
    act: (scene, { who: index, isBlocked }) => guestOf(scene, index)?.tap.block(isBlocked),
  }),
];
