/** The matches of a session (docs/protocol.md 2): which are taken, how they are seated, and what their end changes. */
import { type AnyActorRef, assertEvent } from 'xstate';
import { UntrustedGatewayError } from '../protocol/errors.js';
import type { AgentEvent } from '../protocol/events.js';
import type { Matched } from '../protocol/frames.js';
import { resolveGatewayUrl } from '../protocol/gateway-url.js';
import { messageOf } from '../protocol/message-of.js';
import type { AbandonReason } from '../protocol/results.js';
import { hasId, withId, withoutId } from './id-set.js';
import {
  type LobbyContext,
  type LobbyEvent,
  type LobbyUpdate,
  liveCount,
  type Slot,
} from './lobby.context.js';
import { type LobbyMoment, lobbyBase, lobbyPorts } from './lobby.setup.js';
import { holdDefaults } from './match.connection.js';
import {
  type MatchEvent,
  type MatchInput,
  type MatchOutput,
  matchSystemId,
  newMatch,
} from './match.context.js';
import type { MatchActor } from './match.js';
import { matchSummary } from './match.output.js';
import type { BotCommand, MatchSocketCommand } from './ports.js';

const { enqueueActions } = lobbyBase;
const { report } = lobbyPorts;

// --- a match that is announced ---

type Admission =
  | { kind: 'untrusted'; message: string }
  | { kind: 'live'; slot: Slot; gatewayUrl: string }
  | { kind: 'ended' }
  | { kind: 'full' }
  | { kind: 'new'; gatewayUrl: string };

/** What to do with an announced match. */
function admissionOf(context: LobbyContext, frame: Matched): Admission {
  let gatewayUrl: string;
  try {
    gatewayUrl = resolveGatewayUrl(context.lobbyUrl, frame.gateway_ws_url);
  } catch (error) {
    if (error instanceof UntrustedGatewayError) return { kind: 'untrusted', message: error.message };
    throw error;
  }
  const slot = slotOf(context, frame.match_id);
  if (slot !== null) return { kind: 'live', slot, gatewayUrl };
  if (hasId(context.completedIds, frame.match_id)) return { kind: 'ended' };
  if (hasId(context.abandonedIds, frame.match_id) && !frame.resume) return { kind: 'ended' };
  if (liveCount(context) >= context.maxLiveMatches) return { kind: 'full' };
  return { kind: 'new', gatewayUrl };
}

function slotOf({ live }: LobbyContext, matchId: string): Slot | null {
  for (const slot of Object.keys(live) as Slot[]) {
    if (live[slot]?.matchId === matchId) return slot;
  }
  return null;
}

function freeSlot({ live }: LobbyContext): Slot {
  let index = 0;
  while (live[`match.${index}`] !== undefined) index += 1;
  return `match.${index}`;
}

/**
 * The name of a new match in the actor system. Where another session of the same system plays at the same table, the
 * participant is added: XState throws for a name that is taken.
 */
function systemIdOf(system: AnyActorRef['system'], frame: Matched): { systemId?: string } {
  const name = matchSystemId(frame.match_id);
  const systemId = [name, `${name}:${frame.participant_id}`].find((free) => system.get(free) === undefined);
  return systemId === undefined ? {} : { systemId };
}

function matchInputOf({ common }: LobbyContext, frame: Matched, gatewayUrl: string): MatchInput {
  return {
    ...common,
    matchId: frame.match_id,
    participantId: frame.participant_id,
    gatewayUrl,
    rated: frame.rated,
    resume: frame.resume,
    decisionTimeoutMs: frame.decision_timeout_ms ?? null,
  };
}

function afterSeating(context: LobbyContext, slot: Slot, frame: Matched): LobbyUpdate {
  const playedBefore = hasId(context.abandonedIds, frame.match_id);
  const match: LobbyContext['live'][Slot] = {
    matchId: frame.match_id,
    participantId: frame.participant_id,
    rated: frame.rated,
    startedAt: context.common.now(),
  };
  return {
    live: { ...context.live, [slot]: match },
    // An abandoned match that is played again gets one result, not two.
    ...(playedBefore && {
      abandoned: context.abandoned - 1,
      abandonedIds: withoutId(context.abandonedIds, frame.match_id),
    }),
  };
}

// --- a match that is over ---

/** Matches that were given up for these reasons may go on without us. */
const mayBeHeld: ReadonlySet<AbandonReason | null> = new Set<AbandonReason>([
  'reconnects_exhausted',
  'frame_too_large',
  'internal',
]);

/** Which child ended, and its output: also that of a child whose machine failed. */
function childEndOf(context: LobbyContext, event: LobbyEvent): { slot: Slot; output: MatchOutput } | null {
  if (!('actorId' in event)) return null;
  const slot = event.actorId;
  if ('output' in event) return { slot, output: event.output };
  return { slot, output: brokenMatch(context, slot, event.error) };
}

/** The output of a match whose machine failed. */
function brokenMatch(context: LobbyContext, slot: Slot, error: unknown): MatchOutput {
  const { matchId = '', participantId = '', rated = false, startedAt } = context.live[slot] ?? {};
  const { common } = context;
  const match = newMatch({ ...common, matchId, participantId, rated, gatewayUrl: '' });
  return matchSummary({
    ...match,
    fixed: { ...match.fixed, startedAt: startedAt ?? common.now() },
    abandonReason: 'internal',
    detail: messageOf(error),
  });
}

/** The ports of a match child, and the turn its bot may be thinking about. */
function portsOf(lobby: AnyActorRef, slot: Slot) {
  const { children } = lobby.getSnapshot() as { children: Partial<Record<string, MatchActor>> };
  const match = children[slot]?.getSnapshot();
  if (match === undefined) return null;
  const { socket, bot } = match.children;
  return { socket, bot, requestId: match.context.turn?.frame.request_id ?? '' };
}

function afterMatchOver(context: LobbyContext, slot: Slot, { result, fault }: MatchOutput): LobbyUpdate {
  const { [slot]: _over, ...live } = context.live;
  const { matchId, outcome, abandonReason } = result;
  return {
    live,
    // What fails while the session ends is not why it ends.
    ...(context.endReason === null && fault !== null && { fault }),
    ...(outcome === 'completed'
      ? { completed: context.completed + 1, completedIds: withId(context.completedIds, matchId) }
      : { abandoned: context.abandoned + 1, abandonedIds: withId(context.abandonedIds, matchId) }),
    ...(mayBeHeld.has(abandonReason) && { heldUntil: context.common.now() + holdDefaults.holdMs }),
  };
}

// --- what the chart asks and does ---

const isAdmittedAs =
  (kind: Admission['kind']) =>
  ({ context, event }: LobbyMoment): boolean => {
    assertEvent(event, 'frame.matched');
    return admissionOf(context, event.frame).kind === kind;
  };

export const lobbyMatches = {
  guards: {
    isUntrusted: isAdmittedAs('untrusted'),
    isLive: isAdmittedAs('live'),
    hasEnded: isAdmittedAs('ended'),
    isFull: isAdmittedAs('full'),
    botFailedForGood: ({ context, event }: LobbyMoment) => Boolean(childEndOf(context, event)?.output.fault),
    isLastMatch: ({ context }: LobbyMoment) =>
      context.maxMatches !== null && context.completed + context.abandoned + 1 >= context.maxMatches,
  },

  actions: {
    // announced
    seatMatch: enqueueActions(({ context, event, enqueue, system }) => {
      assertEvent(event, 'frame.matched');
      const admission = admissionOf(context, event.frame);
      if (admission.kind !== 'new') return;
      const slot = freeSlot(context);
      const { match_id: matchId, participant_id: participantId, rated, resume } = event.frame;
      const announced: AgentEvent = { type: 'match.announced', matchId, participantId, rated, resume };
      enqueue.sendTo('reporter', announced);
      enqueue.spawnChild('match', {
        id: slot,
        ...systemIdOf(system, event.frame),
        input: matchInputOf(context, event.frame, admission.gatewayUrl),
      });
      enqueue.assign(afterSeating(context, slot, event.frame));
    }),
    redialMatch: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'frame.matched');
      const admission = admissionOf(context, event.frame);
      if (admission.kind !== 'live') return;
      const announced: MatchEvent = { type: 'match.announced', gatewayUrl: admission.gatewayUrl };
      enqueue.sendTo(admission.slot, announced);
    }),
    reportRepeat: report(({ event }) => {
      assertEvent(event, 'frame.matched');
      return { type: 'match.repeated', matchId: event.frame.match_id };
    }),
    reportUntrusted: report(({ context, event }) => {
      assertEvent(event, 'frame.matched');
      const admission = admissionOf(context, event.frame);
      const message = admission.kind === 'untrusted' ? admission.message : '';
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'untrusted_gateway', message };
    }),
    reportEnded: report(({ event }) => {
      assertEvent(event, 'frame.matched');
      const message = 'This match has ended already.';
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'already_ended', message };
    }),
    reportFull: report(({ context, event }) => {
      assertEvent(event, 'frame.matched');
      const message = `${liveCount(context)} matches are being played: no more fit in this process.`;
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'too_many', message };
    }),

    // over
    recordMatch: enqueueActions(({ context, event, enqueue, self }) => {
      const ended = childEndOf(context, event);
      if (ended === null) return;
      // A machine that fails does not stop its ports: its connection would keep the seat.
      const ports = 'error' in event ? portsOf(self, ended.slot) : null;
      if (ports?.socket) enqueue.sendTo(ports.socket, { type: 'socket.close' } satisfies MatchSocketCommand);
      if (ports?.bot)
        enqueue.sendTo(ports.bot, { type: 'bot.abort', requestId: ports.requestId } satisfies BotCommand);
      const ending: AgentEvent = { type: 'match.ended', result: ended.output.result };
      enqueue.sendTo('reporter', ending);
      enqueue.stopChild(ended.slot);
      enqueue.assign(afterMatchOver(context, ended.slot, ended.output));
    }),
  },
};
