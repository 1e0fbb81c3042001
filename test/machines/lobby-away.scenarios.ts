/** Out of the lobby on purpose: from the first moment or later, with and without matches, and in again. */
import { expect } from 'vitest';
import { lobbyFrames } from '../kit/lobby-harness.js';
import { frames } from '../kit/match-harness.js';
import type { LobbyScenario } from './lobby.scenarios.js';

const { matched } = lobbyFrames;
const closed = frames.closed;
const url = 'ws://127.0.0.1:9/ws/external/bot/b1';

export const lobbyAwayScenarios: LobbyScenario[] = [
  {
    title: 'a session that begins out of the lobby dials when it is told to enter it',
    input: { awayWhy: 'the next fixture is tomorrow' },
    play(lobby) {
      expect(lobby.state()).toBe('away');
      lobby.clock.advance(86_400_000);
      expect(lobby.socket.take()).toEqual([{ type: 'socket.close' }]);
      expect(lobby.reporter.take()).toEqual([
        { type: 'lobby.left', message: 'the next fixture is tomorrow', live: 0 },
      ]);
      lobby.actor.send({ type: 'lobby.enter' });
      expect(lobby.state()).toBe('connecting');
      expect(lobby.socket.take()).toEqual([{ type: 'socket.connect', url }]);
      expect(lobby.reporter.take()).toEqual([{ type: 'lobby.connecting', url, attempt: 0 }]);
    },
  },
  {
    title: 'a lobby that is left is hung up on, and its live matches go on to their ends',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.socket.take();
      lobby.reporter.take();
      lobby.actor.send({ type: 'lobby.leave', message: 'no fixture is near' });
      expect(lobby.state()).toBe('away');
      expect(lobby.socket.take()).toEqual([{ type: 'socket.close' }]);
      expect(lobby.reporter.take()).toEqual([{ type: 'lobby.left', message: 'no fixture is near', live: 1 }]);
      lobby.finish('a');
      expect(lobby.actor.getSnapshot().context).toMatchObject({ completed: 1, live: {} });
      expect(lobby.state()).toBe('away');
    },
  },
  {
    title: 'leaving twice for one reason, and entering a lobby that was not left, change nothing',
    play(lobby) {
      lobby.listen();
      lobby.actor.send({ type: 'lobby.enter' });
      expect(lobby.state()).toBe('listening');
      lobby.actor.send({ type: 'lobby.leave', message: 'one' });
      lobby.reporter.take();
      lobby.actor.send({ type: 'lobby.leave', message: 'one' });
      expect(lobby.reporter.take()).toEqual([]);
      lobby.actor.send({ type: 'lobby.leave', message: 'two' });
      expect(lobby.reporter.take()).toEqual([{ type: 'lobby.left', message: 'two', live: 0 }]);
      expect(lobby.actor.getSnapshot().context.awayWhy).toBe('two');
    },
  },
  {
    title: 'a lobby is left on the way to it, and in a backoff, which is forgotten',
    play(lobby) {
      lobby.actor.send({ type: 'lobby.leave', message: 'not now' });
      expect(lobby.state()).toBe('away');
      lobby.actor.send({ type: 'lobby.enter' });
      lobby.socket.tell({ type: 'socket.opened' });
      expect(lobby.state()).toBe('authenticating');
      lobby.actor.send({ type: 'lobby.leave', message: 'not now' });
      expect(lobby.state()).toBe('away');
      lobby.actor.send({ type: 'lobby.enter' });
      lobby.socket.tell(closed());
      expect(lobby.state()).toBe('backoff');
      lobby.actor.send({ type: 'lobby.leave', message: 'not now' });
      lobby.clock.advance(60_000);
      expect(lobby.state()).toBe('away');
      lobby.actor.send({ type: 'lobby.enter' });
      expect(lobby.actor.getSnapshot().context).toMatchObject({ attempt: 0, loss: null, awayWhy: null });
    },
  },
  {
    title: 'a session that is stopped out of the lobby ends with its last match',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'lobby.leave', message: 'no fixture is near' });
      lobby.actor.send({ type: 'agent.stop' });
      expect(lobby.state()).toEqual({ draining: 'limited' });
      lobby.actor.send({ type: 'lobby.leave', message: 'again' });
      lobby.actor.send({ type: 'lobby.enter' });
      expect(lobby.state()).toEqual({ draining: 'limited' });
      lobby.finish('a');
      expect(lobby.output()).toMatchObject({ reason: 'stopped', completed: 1 });
    },
  },
  {
    title: 'a match that is announced again in the lobby that was entered anew is the same one',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'lobby.leave', message: 'no fixture is near' });
      lobby.actor.send({ type: 'lobby.enter' });
      lobby.listen();
      lobby.socket.tell(matched('a', { resume: true }));
      expect(lobby.children()).toEqual(['match.0']);
    },
  },
];
