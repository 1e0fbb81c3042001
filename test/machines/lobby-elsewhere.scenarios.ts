/** Matches that an older session of the bot plays to their end, and the end of that older session. */
import { expect } from 'vitest';
import { lobbyFrames } from '../kit/lobby-harness.js';
import { frames } from '../kit/match-harness.js';
import type { LobbyScenario } from './lobby.scenarios.js';

const { matched } = lobbyFrames;
const closed = frames.closed;

export const lobbyElsewhereScenarios: LobbyScenario[] = [
  {
    title:
      'a match that another session plays is left to it, however often it is announced, and others are taken',
    play(lobby) {
      lobby.actor.send({ type: 'matches.elsewhere', matchIds: ['a', 'b'] });
      lobby.listen();
      lobby.reporter.take();
      lobby.socket.tell(matched('a', { resume: true }));
      lobby.socket.tell(matched('a', { resume: true }));
      lobby.socket.tell(matched('c'));
      expect(lobby.children()).toEqual(['match.0']);
      expect(lobby.reporter.take().slice(0, 3)).toEqual([
        { type: 'handover.playing', matchId: 'a' },
        { type: 'handover.playing', matchId: 'a' },
        { type: 'match.announced', matchId: 'c', participantId: 'p-c', rated: false, resume: false },
      ]);
    },
  },
  {
    title: 'a match that nobody plays any more is taken at once, as one that is under way',
    play(lobby) {
      lobby.actor.send({ type: 'matches.elsewhere', matchIds: ['a'] });
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.reporter.take();
      lobby.actor.send({ type: 'match.freed', matchId: 'a', how: 'open' });
      expect(lobby.children()).toEqual(['match.0']);
      expect(lobby.reporter.take()[0]).toEqual({
        type: 'match.announced',
        matchId: 'a',
        participantId: 'p-a',
        rated: false,
        resume: true,
      });
      expect(lobby.actor.getSnapshot().context.elsewhere).toEqual({});
    },
  },
  {
    title: 'a match that was not announced yet is taken when it is',
    play(lobby) {
      lobby.actor.send({ type: 'matches.elsewhere', matchIds: ['a'] });
      lobby.listen();
      lobby.actor.send({ type: 'match.freed', matchId: 'a', how: 'open' });
      expect(lobby.children()).toEqual([]);
      lobby.socket.tell(matched('a', { resume: true }));
      expect(lobby.children()).toEqual(['match.0']);
    },
  },
  {
    title: 'a match that is freed while the lobby is lost is taken when the lobby announces it again',
    play(lobby) {
      lobby.actor.send({ type: 'matches.elsewhere', matchIds: ['a'] });
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(closed());
      lobby.actor.send({ type: 'match.freed', matchId: 'a', how: 'open' });
      expect(lobby.children()).toEqual([]);
      lobby.clock.advance(4_000);
      lobby.listen();
      lobby.socket.tell(matched('a', { resume: true }));
      expect(lobby.children()).toEqual(['match.0']);
    },
  },
  {
    title:
      'a match that the other session played to its end is not taken again, one that it lost may come back',
    play(lobby) {
      lobby.actor.send({ type: 'matches.elsewhere', matchIds: ['a', 'b'] });
      lobby.listen();
      lobby.socket.tell(matched('a'));
      lobby.socket.tell(matched('b'));
      lobby.actor.send({ type: 'match.freed', matchId: 'a', how: 'played' });
      lobby.actor.send({ type: 'match.freed', matchId: 'b', how: 'lost' });
      lobby.actor.send({ type: 'match.freed', matchId: 'stranger', how: 'open' });
      expect(lobby.children()).toEqual([]);
      lobby.reporter.take();
      lobby.socket.tell(matched('a', { resume: true }));
      expect(lobby.reporter.take()).toEqual([
        {
          type: 'match.skipped',
          matchId: 'a',
          why: 'already_ended',
          message: 'This match has ended already.',
        },
      ]);
      lobby.socket.tell(matched('b', { resume: true }));
      expect(lobby.children()).toEqual(['match.0']);
    },
  },
  {
    title: 'a session whose lobby another one has for good ends with its matches, which have no limit',
    play(lobby) {
      lobby.listen();
      lobby.seat('a');
      lobby.actor.send({ type: 'lobby.leave', message: 'handed over' });
      lobby.actor.send({ type: 'agent.handedOver' });
      expect(lobby.state()).toEqual({ draining: 'patient' });
      lobby.actor.send({ type: 'agent.handedOver' });
      lobby.clock.advance(86_400_000);
      expect(lobby.children()).toEqual(['match.0']);
      lobby.finish('a');
      expect(lobby.output()).toMatchObject({ reason: 'handed_over', completed: 1, abandoned: 0 });
    },
  },
];
