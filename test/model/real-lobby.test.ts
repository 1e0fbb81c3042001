/** The same paths on real sockets: what the lobby model says, a real agent does. */
import { describe, expect, it } from 'vitest';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { chartCoverage } from '../../src/testing/coverage.js';
import { lobbyModel } from '../../src/testing/lobby-model.js';
import type { Model } from '../../src/testing/model.js';
import { edgePaths } from '../../src/testing/paths.js';
import { playLobbyForReal } from './lobby-driver.js';
import { lobbyCanHappen, sandboxPlaysLobby } from './lobby-reality.js';
import { openSandboxStage } from './sandbox-stage.js';
import { openStage } from './stage.js';

const model = lobbyModel();
// `maxLiveMatches` is no option of an agent.
const { 'one match at a time': _one, ...variants } = model.variants;
const paths = edgePaths({ ...model, variants } as Model, {
  filter: lobbyCanHappen,
  // What is not taken in so many steps is in the list below.
  stopWhen: ({ depth }) => depth >= 6,
});

/** What a defect in a port would cause, or more matches than a test can seat. They are played on scripted ports. */
const notOnRealSockets = [
  // The socket port gives up dialing before the machine does.
  '#lobby.connecting on xstate.after.dialTimeout.lobby.connecting [0] -> #lobby.draining',
  '#lobby.connecting on xstate.after.dialTimeout.lobby.connecting [1] -> #lobby.backoff',
  '#lobby.connecting on xstate.after.dialTimeout.lobby.connecting [0] -> #lobby.draining held back by cannotReconnect',
  // There is no close code before there is a connection.
  '#lobby.connecting on socket.closed [2] -> #lobby.draining',
  // A pong is small, and goes out while the connection is open.
  '#lobby on socket.refused [0] -> (stays)',
  '#lobby on xstate.error.actor.socket [0] -> #lobby.draining',
  '#lobby.draining on xstate.error.actor.socket [0] -> (stays)',
  // A thousand matches at once.
  '#lobby.listening on frame.matched [4] -> (stays)',
];

describe('the lobby of a real agent', () => {
  const coverage = chartCoverage(lobbyMachine);

  it.each(paths.filter(sandboxPlaysLobby).map((path) => [path.title, path] as const))(
    'does on the sandbox as its model says: %s',
    async (_title, path) => {
      await playLobbyForReal(path, { stage: await openSandboxStage(), inspect: coverage.inspect });
    },
  );

  it.each(paths.filter((path) => !sandboxPlaysLobby(path)).map((path) => [path.title, path] as const))(
    'does with a server that a test plays as its model says: %s',
    async (_title, path) => {
      await playLobbyForReal(path, { stage: await openStage(), inspect: coverage.inspect });
    },
  );

  it('is taken through everything that can happen on real sockets by these paths', () => {
    expect(() => coverage.assertComplete({ except: notOnRealSockets })).not.toThrow();
  });
});
