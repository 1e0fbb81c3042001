/** Two matches at once, each to be told from the other by whoever looks. */
import { expect, it } from 'vitest';
import { createInspectorBridge } from '../../src/inspect/index.js';
import { liveMatches } from '../../src/machines/lobby.js';
import { say, startScriptedPlatform } from '../kit/scripted-platform.js';
import { openEventStream } from './event-stream.js';

it('names two live matches and their ports by match id, on the page and in the snapshot', async () => {
  const platform = await startScriptedPlatform();
  const bridge = await createInspectorBridge();
  const stream = await openEventStream(bridge.url);
  const agent = platform.agent({ decide: () => ({ action: 'fold' }) }, { maxMatches: 2 });
  bridge.attach(agent.actor);
  const done = agent.start();
  const lobby = await platform.lobby();
  const seats = [];
  for (const matchId of ['m1', 'm2']) {
    lobby.say(say.matched(matchId));
    seats.push({ matchId, peer: await platform.seat(matchId) });
  }
  const named = () => Object.keys(agent.actor.system.getAll());
  expect([...liveMatches(agent.actor.getSnapshot()).keys()]).toEqual(['m1', 'm2']);
  expect(named()).toEqual(['match:m1', 'match:m2']);

  // One that comes late is told of the actors as they are, not as they came.
  const late = await openEventStream(bridge.url);
  for (const { matchId, peer } of seats) peer.say(say.matchEnd(matchId));
  await done;
  expect([liveMatches(agent.actor.getSnapshot()).size, named()]).toEqual([0, []]);
  await bridge.close();
  for (const viewer of [stream, late]) {
    const names = (await viewer.rest()).flatMap((event) =>
      event.type === '@xstate.actor' ? [event.name] : [],
    );
    expect(new Set(names)).toEqual(
      new Set([
        'lobby',
        'reporter',
        'socket',
        ...['m1', 'm2'].flatMap((matchId) => [
          `match:${matchId}`,
          ...['reporter', 'bot', 'socket'].map((port) => `${port} of match:${matchId}`),
        ]),
      ]),
    );
  }
  await platform.close();
});
