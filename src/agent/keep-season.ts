/** The season keeper of an agent: its chart with real ports, the events of the session, and the file that it goes on from. */
import { isDeepStrictEqual } from 'node:util';
import { createActor, type InspectionEvent, type Observer } from 'xstate';
import type { FreedHow } from '../handover/handover-messages.js';
import type { ReporterLogic } from '../machines/ports.js';
import {
  openFixtures,
  type SeasonActor,
  type SeasonKeeperEvent,
  type SeasonSnapshot,
  seasonMachine,
  seasonMemoryOf,
} from '../machines/season.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { createPlatformClient } from '../platform/platform-client.js';
import type { PlatformClientOptions } from '../platform/platform-options.js';
import type { AgentEvent } from '../protocol/events.js';
import { createMask } from '../protocol/redact.js';
import { defineFixtureList } from '../season/fixture-list-port.js';
import { collectListRemarks } from '../season/list-remarks.js';
import { openSeasonFile, seasonPathOf } from '../season/season-file.js';
import { type Clock, clockWithTimes, type Times } from '../time/clock.js';
import type { ClockJumps } from '../time/clock-jumps.js';
import { isLobbyGone } from './keep-day.js';

export interface KeptSeason extends Times {
  lobbyUrl: string;
  token: string;
  /** When an invented fixture begins, epoch ms of the wall clock; null: there is none. */
  dryRunAt: number | null;
  platform: Pick<PlatformClientOptions, 'userAgent' | 'proxy'>;
  env: EnvironmentVariables;
  clock: Clock;
  jumps: ClockJumps;
  reporter: ReporterLogic;
  inspect?: Observer<InspectionEvent> | ((event: InspectionEvent) => void);
  onTrouble: (message: string) => void;
  /**
   * Called whenever it begins or ends that a fixture needs the bot in its lobby, or why not, and once at the start. `maybe`: the
   * list cannot be read, and a fixture may be near.
   */
  onNeed: (isNeeded: boolean | 'maybe', why: string) => void;
}

export interface SeasonKeeper {
  readonly actor: SeasonActor;
  /** Takes the file. */
  prepare(): Promise<void>;
  /** Leaves the file to another session, which tells of the fixtures from now on. */
  release(): Promise<void>;
  /** An older session plays these matches to their end; called before `begin`. */
  inherit(matchIds: readonly string[]): void;
  /** What became of one of them. */
  freed(matchId: string, how: FreedHow): void;
  begin(): void;
  readonly onEvent: (event: AgentEvent) => void;
  close(): Promise<void>;
}

export function keepSeason(season: KeptSeason): SeasonKeeper {
  const { lobbyUrl, token, dryRunAt, platform, env, clock, jumps, now, wallNow } = season;
  const { reporter, onTrouble, onNeed } = season;
  const file = openSeasonFile(seasonPathOf(lobbyUrl, env), onTrouble);
  const remarks = collectListRemarks();
  const client = createPlatformClient({
    lobbyUrl,
    token,
    ...platform,
    clock: clockWithTimes(clock, { now, wallNow }),
    onEvent: remarks.onEvent,
  });
  const ask = async (signal: AbortSignal) => {
    remarks.take();
    const fixtures = await client.fixtures.upcoming({ signal });
    return { fixtures, ...remarks.take() };
  };
  const fixtureList = defineFixtureList({ ask, wallNow, redact: createMask([token]).text });
  /** Another session has the lobby: whether the bot comes to a fixture is that one's to tell. */
  let isGiven = false;
  /** What was known before the file was taken is not told. */
  let isStale = false;
  const isKept = ({ type }: AgentEvent): boolean => isStale || (isGiven && attendance.has(type));
  const teller: ReporterLogic = {
    ...reporter,
    transition: (state, event, scope) =>
      'type' in event && isKept(event) ? state : reporter.transition(state, event, scope),
  };
  const begunWith = file.memory;
  let playing: readonly string[] = [];
  /** What came before the actor was started. */
  let early: SeasonKeeperEvent[] | null = [];
  const actor = createActor(seasonMachine.provide({ actors: { fixtureList, reporter: teller } }), {
    clock,
    systemId: 'season',
    ...(season.inspect && { inspect: season.inspect }),
    input: { memory: file.memory, dryRunAt, now, wallNow },
  });

  let unwatch: (() => void) | null = null;
  let told = '';
  const see = (snapshot: SeasonSnapshot): void => {
    if (isStale) return;
    const { context } = snapshot;
    file.write(seasonMemoryOf(context));
    const isNeeded = snapshot.hasTag('attending') || (snapshot.hasTag('watching') && 'maybe');
    const why = isNeeded === true ? 'a fixture is near' : restWords(snapshot);
    const word = `${isNeeded} ${why}`;
    if (word === told) return;
    told = word;
    onNeed(isNeeded, why);
  };

  return {
    actor,
    async prepare() {
      await file.lock();
      isGiven = false;
    },
    async release() {
      isGiven = true;
      await file.close();
    },
    inherit(matchIds) {
      playing = [...playing, ...matchIds];
    },
    freed(matchId, how) {
      const over = { type: 'match.ended', matchId, isCompleted: how === 'played' } as const;
      if (early === null) actor.send(over);
      else early.push(over);
    },
    begin() {
      // An error has its report; without a listener XState would throw it once more.
      actor.subscribe({
        next: see,
        error: (error) =>
          onTrouble(`The season keeper failed: ${error instanceof Error ? error.message : String(error)}`),
      });
      const { memory } = file;
      isStale = memory !== begunWith && (playing.length > 0 || !isDeepStrictEqual(memory, begunWith));
      const isInherited = isStale;
      actor.start();
      isStale = false;
      if (isInherited) actor.send({ type: 'season.inherited', memory, playing });
      for (const event of early ?? []) actor.send(event);
      early = null;
      see(actor.getSnapshot());
      unwatch = jumps.watch(() => actor.send({ type: 'clock.moved' }));
    },
    onEvent(event) {
      const news = seasonEventOf(event);
      // After the event itself has been reported to everybody.
      if (news !== null) queueMicrotask(() => actor.send(news));
    },
    async close() {
      unwatch?.();
      file.write(seasonMemoryOf(actor.getSnapshot().context));
      actor.stop();
      client.close();
      await file.close();
    },
  };
}

/** What the session that has the lobby tells. */
const attendance: ReadonlySet<AgentEvent['type']> = new Set<AgentEvent['type']>([
  'fixture.near',
  'fixture.due',
  'fixture.alarm',
  'fixture.missed',
]);

/** Why the bot need not be in its lobby: the end of a sentence. */
function restWords({ context }: SeasonSnapshot): string {
  const [next] = openFixtures(context);
  if (next === undefined)
    return context.listedAt === null ? 'the fixtures are asked for' : 'no fixture is known';
  return `the next fixture is at ${new Date(next.startsAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What the keeper is told of the session. */
function seasonEventOf(event: AgentEvent): SeasonKeeperEvent | null {
  if (event.type === 'match.announced')
    return { type: 'match.announced', matchId: event.matchId, rated: event.rated };
  if (event.type === 'match.started')
    return { type: 'match.started', matchId: event.matchId, opponents: event.opponents };
  if (event.type === 'match.ended')
    return {
      type: 'match.ended',
      matchId: event.matchId,
      isCompleted: event.result.outcome === 'completed',
    };
  if (event.type === 'lobby.listening') return { type: 'lobby.online' };
  return isLobbyGone(event) ? { type: 'lobby.offline' } : null;
}
