/** Hands the lobby of an agent over to a newer one of the same bot, and takes it from an older one. */
import { createActor, fromCallback, type InspectionEvent, type Observer } from 'xstate';
import type { FreedHow, HandoverPhase } from '../handover/handover-messages.js';
import { handoverFolder, sessionIdentityOf } from '../handover/handover-place.js';
import { type HandoverListener, type OpenHandover, openHandover } from '../handover/open-handover.js';
import { type HandoverCommand, handoverMachine } from '../machines/handover.js';
import { type LobbyActor, liveMatches } from '../machines/lobby.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { messageOf } from '../protocol/message-of.js';
import type { AbandonReason, MatchResult } from '../protocol/results.js';
import type { Clock } from '../time/clock.js';
import type { LobbyDesk } from './lobby-needs.js';
import type { SessionReports } from './session-reports.js';

export interface AgentHandoverOptions {
  /** `take`: the lobby of a running session. `listen`: only be found by a later one. */
  mode: 'take' | 'listen';
  lobbyUrl: string;
  token: string;
  env: EnvironmentVariables;
  clock: Clock;
  lobby: LobbyActor;
  desk: Pick<LobbyDesk, 'give' | 'takeBack'>;
  /** Files and ports that one session at a time has. */
  belongings: { give: () => Promise<void>; takeBack: () => Promise<void> };
  /** Told of the matches that an older session plays to their end. */
  elsewhere: {
    plays: (matchIds: readonly string[]) => void;
    freed: (matchId: string, how: FreedHow) => void;
  };
  reports: SessionReports;
  inspect?: Observer<InspectionEvent> | ((event: InspectionEvent) => void);
}

export interface AgentHandover {
  /**
   * Before the lobby is dialed: has it from a running session, and is found from now on.
   *
   * @throws {HandoverError} with `mode: 'take'`, when the running session cannot be asked.
   */
  begin(): Promise<void>;
  /** @param isEvicted whether a third session has the lobby. */
  close(isEvicted: boolean): Promise<void>;
}

export function composeHandover(options: AgentHandoverOptions): AgentHandover {
  const { mode, lobbyUrl, token, env, clock, lobby, desk, belongings, elsewhere, reports, inspect } = options;
  const { emit } = reports;

  /** One thing at a time is done with what is shared. */
  let moving: Promise<void> = Promise.resolve();
  const session = fromCallback<HandoverCommand, undefined>(({ receive }) => {
    receive((command) => {
      if (command.type === 'lobby.give') {
        desk.give(`process ${command.pid} has it`);
        moving = moving.then(belongings.give);
      } else if (command.type === 'lobby.takeBack') {
        desk.takeBack();
        moving = moving.then(belongings.takeBack);
      } else lobby.send({ type: 'agent.handedOver' });
    });
  });
  const chart = createActor(handoverMachine.provide({ actors: { session, reporter: reports.reporter } }), {
    id: 'handover',
    clock,
    ...(inspect && { inspect }),
  });

  let open: OpenHandover | null = null;
  let isClosed = false;

  const host = {
    phase(): HandoverPhase {
      const { value } = chart.getSnapshot();
      return value === 'serving' || value === 'trusting' ? value : 'finishing';
    },
    matchIds: () => [...liveMatches(lobby.getSnapshot()).keys()],
    async asked(caller: number, pid: number) {
      if (!isClosed) chart.send({ type: 'successor.asked', caller, pid });
      await moving;
    },
    gone(caller: number, isEvicted: boolean) {
      if (!isClosed) chart.send({ type: 'successor.gone', caller, isEvicted });
    },
  };

  const leaveAlone = (matchIds: readonly string[]): void => {
    elsewhere.plays(matchIds);
    lobby.send({ type: 'matches.elsewhere', matchIds });
  };
  const listener: HandoverListener = {
    taken(pid, matchIds) {
      leaveAlone(matchIds);
      emit({ type: 'handover.taken', pid, live: matchIds.length });
    },
    found: (_pid, matchIds) => leaveAlone(matchIds),
    freed(matchId, how) {
      if (isClosed) return;
      elsewhere.freed(matchId, how);
      lobby.send({ type: 'match.freed', matchId, how });
    },
    trouble: (message) => emit({ type: 'config.warning', message }),
  };

  const forget = [
    reports.on(
      Object.assign(
        (event: Parameters<Parameters<SessionReports['on']>[0]>[0]) => {
          if (event.type === 'match.ended') open?.freed(event.result.matchId, howItWasFreed(event.result));
          if (event.type === 'lobby.draining') chart.send({ type: 'session.ending' });
        },
        { hears: new Set(['match.ended', 'lobby.draining'] as const) },
      ),
    ),
  ];

  return {
    async begin() {
      chart.start();
      const folder = handoverFolder(env);
      const identity = sessionIdentityOf(lobbyUrl, token);
      try {
        const opened = await openHandover({ folder, identity, mode, host, listener, clock });
        if (isClosed) await opened.close(false);
        else open = opened;
      } catch (error) {
        if (mode === 'take') throw error;
        emit({
          type: 'config.warning',
          message: `A later session cannot take over from this one (--no-handover does without). ${messageOf(error)}`,
        });
      }
    },
    async close(isEvicted) {
      isClosed = true;
      for (const end of forget) end();
      chart.stop();
      await open?.close(isEvicted);
    },
  };
}

/** Matches that were given up for these reasons may go on: the platform holds the seat for a while. */
const openReasons: ReadonlySet<AbandonReason | null> = new Set<AbandonReason>([
  'cut',
  'reconnects_exhausted',
  'frame_too_large',
  'bot_error',
  'internal',
]);

function howItWasFreed({ outcome, abandonReason }: MatchResult): FreedHow {
  if (outcome === 'completed') return 'played';
  return openReasons.has(abandonReason) ? 'open' : 'lost';
}
