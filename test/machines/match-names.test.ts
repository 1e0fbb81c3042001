/** Which match an actor plays can be seen by its name, and no name outlives its match. */
import { describe, expect, it } from 'vitest';
import { type AnyActorRef, createActor, type InspectionEvent, setup } from 'xstate';
import { liveMatches, lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';
import type { LobbySocketCommand, LobbySocketEvent } from '../../src/machines/ports.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';
import { lobbyFrames, startLobby } from '../kit/lobby-harness.js';
import { matchPorts } from '../kit/match-harness.js';

const { hello, matched } = lobbyFrames;

const namesIn = ({ system }: AnyActorRef): string[] => Object.keys(system.getAll());

describe('the names of matches', () => {
  it('are those of the live ones, in the snapshot and in the system', () => {
    const lobby = startLobby();
    lobby.listen();
    for (const matchId of ['a', 'b']) lobby.seat(matchId);
    const seen = () => liveMatches(lobby.actor.getSnapshot());
    expect([...seen()].map(([matchId, { id }]) => [matchId, id])).toEqual([
      ['a', 'match.0'],
      ['b', 'match.1'],
    ]);
    expect(namesIn(lobby.actor)).toEqual(['match:a', 'match:b']);
    for (const [matchId, actor] of seen()) {
      expect(lobby.actor.system.get(`match:${matchId}`)).toBe(actor);
      expect(actor).toMatchObject({ systemId: `match:${matchId}` });
    }
    expect(lobby.actor.getPersistedSnapshot()).toMatchObject({
      children: { 'match.0': { systemId: 'match:a' }, 'match.1': { systemId: 'match:b' } },
    });
    lobby.finish('a');
    expect([[...seen().keys()], namesIn(lobby.actor)]).toEqual([['b'], ['match:b']]);
    lobby.finish('b');
    expect([[...seen().keys()], namesIn(lobby.actor)]).toEqual([[], []]);
  });

  it('are free again when a machine fails, and when a match that was given up is played again', () => {
    const lobby = startLobby();
    lobby.listen();
    const match = () => liveMatches(lobby.actor.getSnapshot()).get('a');
    lobby.seat('a');
    match()?.send({ type: 'match.cut' });
    expect(namesIn(lobby.actor)).toEqual([]);
    lobby.socket.tell(matched('a', { resume: true }));
    expect(namesIn(lobby.actor)).toEqual(['match:a']);
    match()?.send({ type: 'frame.error' } as never);
    expect(lobby.actor.getSnapshot().context.abandoned).toBe(1);
    expect(namesIn(lobby.actor)).toEqual([]);
    lobby.actor.stop();
  });

  it('are free again when the session is stopped in the middle of a match', () => {
    const lobby = startLobby();
    lobby.listen();
    lobby.seat('a');
    expect(namesIn(lobby.actor)).toEqual(['match:a']);
    lobby.actor.stop();
    expect(namesIn(lobby.actor)).toEqual([]);
  });

  it('tell the seats of two sessions at one table apart', () => {
    const ports = matchPorts();
    const reporter = ports.reporter.logic;
    const match = matchMachine.provide({
      actors: { matchSocket: ports.socket.logic, bot: ports.bot.logic, reporter },
    });
    const lobbyPort = () => scriptedPort<LobbySocketCommand, LobbySocketEvent, undefined>();
    const sockets = { one: lobbyPort(), two: lobbyPort() };
    const sessionOf = (socket: ReturnType<typeof lobbyPort>) =>
      lobbyMachine.provide({ actors: { lobbySocket: socket.logic, reporter, match } });
    const input = { lobbyUrl: 'ws://127.0.0.1:9/ws/external/bot/b', now: () => 0, random: () => 0 };
    const house = createActor(
      setup({ actors: { one: sessionOf(sockets.one), two: sessionOf(sockets.two) } }).createMachine({
        invoke: [
          { src: 'one', input },
          { src: 'two', input },
        ],
      }),
    ).start();
    for (const [seat, socket] of Object.entries(sockets)) {
      socket.tell({ type: 'socket.opened' });
      socket.tell(hello);
      socket.tell(matched('m', { participant_id: seat }));
    }
    expect(namesIn(house)).toEqual(['match:m', 'match:m:two']);
    house.stop();
    expect(namesIn(house)).toEqual([]);
  });

  it('are of no more kinds of events than there are live matches', () => {
    const types = new Set<string>();
    const lobby = startLobby({}, (inspection: InspectionEvent) => {
      if (inspection.type === '@xstate.event') types.add(inspection.event.type);
    });
    lobby.listen();
    const play = (round: number) => {
      for (const matchId of [`a${round}`, `b${round}`]) lobby.seat(matchId);
      for (const matchId of [`b${round}`, `a${round}`]) lobby.finish(matchId);
    };
    play(0);
    const known = types.size;
    for (let round = 1; round <= 100; round++) play(round);
    expect(lobby.actor.getSnapshot().context.completed).toBe(202);
    expect(types.size).toBe(known);
    expect([...types].filter((type) => type.startsWith('xstate.done.actor.')).toSorted()).toEqual([
      'xstate.done.actor.match.0',
      'xstate.done.actor.match.1',
    ]);
    expect(namesIn(lobby.actor)).toEqual([]);
  });
});
