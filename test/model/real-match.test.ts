/** The same paths on real sockets: what the match model says, a real agent does. */
import { describe, expect, it } from 'vitest';
import { matchMachine } from '../../src/machines/match.js';
import { chartCoverage } from '../../src/testing/coverage.js';
import { matchModel } from '../../src/testing/match-model.js';
import { edgePaths } from '../../src/testing/paths.js';
import { playMatchForReal } from './match-driver.js';
import { matchCanHappen, sandboxPlaysMatch } from './match-reality.js';
import { openSandboxStage } from './sandbox-stage.js';
import { openStage } from './stage.js';

const paths = edgePaths(matchModel(), {
  filter: matchCanHappen,
  // What is not taken in so many steps is in the list below.
  stopWhen: ({ depth }) => depth >= 10,
});

/** What a defect in a port would cause, or a port other than the package's own. They are played on scripted ports. */
const notOnRealSockets = [
  // A bot on the agent's own thread is never replaced; test/e2e/isolate.test.ts does that.
  '#match on bot.restarted [0] -> (stays)',
  // The table of the model has cards that can be read; test/e2e/match.test.ts has others.
  '#match on bot.unread [0] -> (stays)',
  // The socket port gives up dialing a moment before the machine does.
  ...['connecting', 'resuming'].flatMap((phase) => {
    const on = `#match.${phase}.dialing on xstate.after.dialTimeout.match.${phase}.dialing`;
    return [
      `${on} [0] -> #match.abandoned`,
      `${on} [1] -> #match.resuming`,
      `${on} [0] -> #match.abandoned held back by cannotReconnect`,
    ];
  }),
  // The bot port tells nothing of turns that it was not asked, or that are over, but `bot.late`.
  '#match on bot.decided [1] -> (stays) held back by isOpenTurn',
  '#match on bot.decided [2] -> (stays)',
  '#match.playing.deciding on bot.decided [3] -> #match.playing.watching held back by isOpenTurn',
  '#match.playing.deciding on bot.decided [4] -> (stays)',
  '#match.playing.deciding on bot.overdue [1] -> #match.playing.watching held back by isOpenTurn',
  '#match.playing.settling on bot.* [0] -> (stays)',
  // Whatever the agent itself sends is small, and goes out while the connection is open.
  '#match on socket.refused [0] -> (stays)',
  '#match.playing on socket.refused [1] -> (stays) held back by refusesOurOnlyAnswer',
  '#match.playing on socket.refused [2] -> (stays)',
  // Hooks wait for decisions.
  '#match.playing.deciding on bot.failed [2] -> #match.playing.watching held back by isOpenTurn',
  '#match.playing.deciding on bot.failed [3] -> (stays)',
  // Both ports contain what they call.
  '#match on bot.overdue [1] -> (stays) held back by isOpenTurn',
  '#match.playing.settling on xstate.error.actor.bot [0] -> #match.done',
  '#match.playing.settling on xstate.error.actor.socket [0] -> (stays)',
  '#match on xstate.error.actor.bot [0] -> #match.abandoned',
  '#match on xstate.error.actor.socket [0] -> #match.abandoned',
];

describe('the match of a real agent', () => {
  const coverage = chartCoverage(matchMachine);

  it.each(paths.filter(sandboxPlaysMatch).map((path) => [path.title, path] as const))(
    'does on the sandbox as its model says: %s',
    async (_title, path) => {
      await playMatchForReal(path, { stage: await openSandboxStage(), inspect: coverage.inspect });
    },
  );

  it.each(paths.filter((path) => !sandboxPlaysMatch(path)).map((path) => [path.title, path] as const))(
    'does with a server that a test plays as its model says: %s',
    async (_title, path) => {
      await playMatchForReal(path, { stage: await openStage(), inspect: coverage.inspect });
    },
  );

  it('is taken through everything that can happen on real sockets by these paths', () => {
    expect(() => coverage.assertComplete({ except: notOnRealSockets })).not.toThrow();
  });
});
