/**
 * The season keeper: a chart beside the lobby's that knows the fixtures of the bot, and when it has to be in its lobby for
 * them. It dials nothing: whoever composes it looks at `presence`, and has the lobby entered and left.
 *
 * All marks are absolute times of the wall clock, which a tick of at most 30 s looks at: timers stand still while a machine
 * sleeps. Guards, actions and delays are in `season.list.ts` and `season.presence.ts`, which match serves which fixture in
 * `season.serving.ts`, the data in `season.context.ts`.
 */
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import { newSeason } from './season.context.js';
import { seasonList } from './season.list.js';
import { seasonPresence } from './season.presence.js';
import { seasonBase } from './season.setup.js';

export type {
  FixtureRecord,
  SeasonContext,
  SeasonInput,
  SeasonKeeperEvent,
  SeasonMatch,
  SeasonMemory,
} from './season.context.js';
export { openFixtures, seasonDefaults, seasonMemoryOf } from './season.context.js';

/** The types, guards, actions and delays of the season chart, without its states. */
export const seasonSetup = seasonBase.extend({
  delays: { ...seasonList.delays, ...seasonPresence.delays },
  guards: { ...seasonList.guards, ...seasonPresence.guards },
  actions: { ...seasonList.actions, ...seasonPresence.actions },
});

/**
 * The season chart. Its input is a `SeasonInput`. Provide the actors `fixtureList` and `reporter` before it is started:
 * `seasonMachine.provide({ actors })`. It never ends by itself.
 *
 * @throws {Error} naming the port, from the actor of one that was not provided.
 */
export const seasonMachine = seasonSetup.createMachine({
  id: 'season',
  context: ({ input }) => newSeason(input),
  invoke: [
    { src: 'reporter', id: 'reporter' },
    {
      src: 'fixtureList',
      id: 'list',
      onError: { target: '.list.broken', actions: 'recordBrokenList' },
    },
  ],
  type: 'parallel',
  on: {
    'match.announced': { guard: 'isRated', actions: ['recordAnnounced', 'lookAtFixtures'] },
    'match.started': { actions: ['recordOpponents', 'lookAtFixtures'] },
    'match.ended': { actions: ['recordMatchEnd', 'lookAtFixtures'] },
    'season.inherited': { actions: ['recordInherited', 'lookAtFixtures'] },
    'lobby.online': { actions: ['recordOnline', 'lookAtFixtures'] },
  },
  states: {
    clock: {
      description: 'The clocks are looked at, every 30 s at least.',
      initial: 'ticking',
      states: {
        ticking: {
          description: 'A timer waits for the next mark, and never long.',
          entry: ['lookAtFixtures', 'planTick'],
          on: {
            'clock.moved': { target: 'ticking', reenter: true, actions: 'reportJump' },
            // There may be a mark that comes sooner.
            'list.told': { target: 'ticking', reenter: true },
            'list.failed': { target: 'ticking', reenter: true },
            'lobby.offline': { target: 'ticking', reenter: true, actions: 'recordOffline' },
          },
          after: {
            tick: { target: 'ticking', reenter: true, actions: 'reportJump' },
          },
        },
      },
    },

    list: {
      description: 'The list of fixtures, as the platform tells it.',
      initial: 'reading',
      states: {
        reading: {
          description: 'The platform is being asked.',
          entry: 'readList',
          on: {
            'list.told': { target: 'waiting', actions: 'recordList' },
            'list.failed': { target: 'waiting', actions: 'recordFailure' },
          },
          after: { listTimeout: { target: 'waiting', actions: 'recordFailure' } },
        },
        waiting: {
          description: 'The list is read again in five minutes, or soon after a mark.',
          always: { guard: 'isListDue', target: 'reading' },
        },
        broken: {
          description: 'The list is not read any more: the port that reads it has a defect.',
        },
      },
    },

    presence: {
      description: 'Whether the bot has to be in its lobby for a fixture.',
      initial: 'apart',
      states: {
        apart: {
          description: 'No fixture is near.',
          always: [
            { guard: 'isPlaying', target: 'attending.playing' },
            { guard: 'isDue', target: 'attending.due' },
            { guard: 'isNear', target: 'attending.near' },
            { guard: 'isUnlisted', target: 'watching' },
          ],
        },
        watching: {
          description:
            'The list cannot be read: whatever comes is waited for in the lobby, as long as there are hours for it.',
          tags: 'watching',
          always: [
            { guard: 'isPlaying', target: 'attending.playing' },
            { guard: 'isDue', target: 'attending.due' },
            { guard: 'isNear', target: 'attending.near' },
            { guard: 'isListed', target: 'apart' },
          ],
        },
        attending: {
          description: 'The bot has to be in its lobby.',
          tags: 'attending',
          initial: 'near',
          always: { guard: 'isApart', target: 'apart' },
          states: {
            near: {
              description: 'The mark of a fixture comes within minutes.',
              always: [
                { guard: 'isPlaying', target: 'playing' },
                { guard: 'isDue', target: 'due' },
              ],
            },
            due: {
              description: 'The match of a fixture may be announced at any moment.',
              always: [
                { guard: 'isPlaying', target: 'playing' },
                { guard: 'isNear', target: 'near' },
              ],
            },
            playing: {
              description: 'What may be the match of a fixture is being played.',
              always: [
                { guard: 'isDue', target: 'due' },
                { guard: 'isNear', target: 'near' },
              ],
            },
          },
        },
      },
    },
  },
});

/** A season keeper that is started, or can be. */
export type SeasonActor = ActorRefFrom<typeof seasonMachine>;
/** What `SeasonActor.getSnapshot()` returns. */
export type SeasonSnapshot = SnapshotFrom<typeof seasonMachine>;
