/** The matches of a session (docs/protocol.md 2): which are taken, how they are seated, and what their end changes. */
import type { AnyActorRef } from 'xstate';
import type { AgentEvent } from '../protocol/events.js';
import type { Matched } from '../protocol/frames.js';
import { resolveGatewayUrl } from '../protocol/gateway-url.js';
import { messageOf } from '../protocol/message-of.js';
import type { AbandonReason } from '../protocol/results.js';
import { assertEvent } from './assert-event.js';
import { hasId, withId, withoutId } from './id-set.js';
import {
  type LiveMatch,
  type LobbyContext,
  type LobbyEvent,
  type LobbyUpdate,
  liveCount,
  type Slot,
} from './lobby.context.js';
import { type LobbyMoment, lobbyBase, lobbyPorts } from './lobby.setup.js';
import { holdDefaults } from './match.connection.js';
import {
  type MatchContext,
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
  | { kind: 'elsewhere' }
  | { kind: 'ended' }
  | { kind: 'full' }
  | { kind: 'new'; gatewayUrl: string };

/** What to do with an announced match. */
function admissionOf(context: LobbyContext, frame: Matched): Admission {
  let gatewayUrl: string;
  try {
    gatewayUrl = resolveGatewayUrl(context.lobbyUrl, frame.gateway_ws_url);
  } catch (error) {
    return { kind: 'untrusted', message: messageOf(error) };
  }
  const slot = slotOf(context, frame.match_id);
  if (slot !== null) return { kind: 'live', slot, gatewayUrl };
  if (Object.hasOwn(context.elsewhere, frame.match_id)) return { kind: 'elsewhere' };
  if (hasId(context.completedIds, frame.match_id)) return { kind: 'ended' };
  if (hasId(context.abandonedIds, frame.match_id) && !frame.resume) return { kind: 'ended' };
  if (liveCount(context) >= context.maxLiveMatches) return { kind: 'full' };
  return { kind: 'new', gatewayUrl };
}

function slotOf({ live }: LobbyContext, matchId: string): Slot | null {
  const [slot] = Object.entries(live).find(([, match]) => match.matchId === matchId) ?? [null];
  return slot as Slot | null;
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
function systemIdOf(system: AnyActorRef['system'], frame: Matched): string | undefined {
  const name = matchSystemId(frame.match_id);
  return [name, `${name}:${frame.participant_id}`].find((free) => system.get(free) === undefined);
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

type ChildEnd = Extract<LobbyEvent, { actorId: Slot }>;

/** Which child ended, and its output: also that of a child whose machine failed, with what it had counted if that is known. */
function childEndOf(
  { context, event }: LobbyMoment,
  counted?: MatchContext,
): { slot: Slot; output: MatchOutput } {
  const end = event as ChildEnd;
  const slot = end.actorId;
  return { slot, output: 'output' in end ? end.output : brokenMatch(context, slot, end.error, counted) };
}

/** The output of a match whose machine failed. */
function brokenMatch(
  context: LobbyContext,
  slot: Slot,
  error: unknown,
  counted: MatchContext | undefined,
): MatchOutput {
  const { matchId, participantId, rated, startedAt } = context.live[slot] as LiveMatch;
  // One that failed at its start has counted nothing.
  const match =
    counted?.matchId === matchId
      ? counted
      : newMatch({ ...context.common, matchId, participantId, rated, gatewayUrl: '' });
  return matchSummary({
    ...match,
    fixed: { ...match.fixed, startedAt },
    abandonReason: 'internal',
    detail: messageOf(error),
    fault: null,
  });
}

/** The last snapshot of a match child. */
function matchIn(lobby: AnyActorRef, slot: Slot) {
  const { children } = lobby.getSnapshot() as { children: Partial<Record<string, MatchActor>> };
  return children[slot]?.getSnapshot();
}

function afterMatchOver(context: LobbyContext, slot: Slot, { result, fault }: MatchOutput): LobbyUpdate {
  const { [slot]: _over, ...live } = context.live;
  const { matchId, outcome, abandonReason } = result;
  return {
    live,
    // What fails while the session ends is not why it ends.
    ...(context.endReason === null && { fault }),
    ...(outcome === 'completed'
      ? { completed: context.completed + 1, completedIds: withId(context.completedIds, matchId) }
      : { abandoned: context.abandoned + 1, abandonedIds: withId(context.abandonedIds, matchId) }),
    ...(mayBeHeld.has(abandonReason) && { heldUntil: context.common.now() + holdDefaults.holdMs }),
  };
}

// --- what the chart asks and does ---

/** What the guard of this transition has found. */
function admitted<Kind extends Admission['kind']>({ context, event }: LobbyMoment) {
  assertEvent(event, 'frame.matched');
  return admissionOf(context, event.frame) as Extract<Admission, { kind: Kind }>;
}

const isAdmittedAs =
  (kind: Admission['kind']) =>
  (moment: LobbyMoment): boolean =>
    admitted(moment).kind === kind;

export const lobbyMatches = {
  guards: {
    isUntrusted: isAdmittedAs('untrusted'),
    isLive: isAdmittedAs('live'),
    isElsewhere: isAdmittedAs('elsewhere'),
    hasEnded: isAdmittedAs('ended'),
    isFull: isAdmittedAs('full'),
    botFailedForGood: (moment: LobbyMoment) => childEndOf(moment).output.fault !== null,
    isLastMatch: ({ context }: LobbyMoment) =>
      context.maxMatches !== null && context.completed + context.abandoned + 1 >= context.maxMatches,
  },

  actions: {
    // announced
    seatMatch: enqueueActions(({ context, event, enqueue, system }) => {
      assertEvent(event, 'frame.matched');
      const { gatewayUrl } = admitted<'new'>({ context, event });
      const slot = freeSlot(context);
      const systemId = systemIdOf(system, event.frame);
      const { match_id: matchId, participant_id: participantId, rated, resume } = event.frame;
      const announced: AgentEvent = { type: 'match.announced', matchId, participantId, rated, resume };
      enqueue.sendTo('reporter', announced);
      enqueue.spawnChild('match', {
        id: slot,
        ...(systemId !== undefined && { systemId }),
        input: matchInputOf(context, event.frame, gatewayUrl),
      });
      enqueue.assign(afterSeating(context, slot, event.frame));
    }),
    redialMatch: enqueueActions(({ context, event, enqueue }) => {
      const { slot, gatewayUrl } = admitted<'live'>({ context, event });
      const announced: MatchEvent = { type: 'match.announced', gatewayUrl };
      enqueue.sendTo(slot, announced);
    }),
    reportRepeat: report(({ event }) => {
      assertEvent(event, 'frame.matched');
      return { type: 'match.repeated', matchId: event.frame.match_id };
    }),
    reportUntrusted: report(({ context, event }) => {
      assertEvent(event, 'frame.matched');
      const { message } = admitted<'untrusted'>({ context, event });
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'untrusted_gateway', message };
    }),
    reportEnded: report(({ event }) => {
      assertEvent(event, 'frame.matched');
      const message = 'This match has ended already.';
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'already_ended', message };
    }),
    reportFull: report(({ context, event }) => {
      assertEvent(event, 'frame.matched');
      const live = liveCount(context);
      const message = `${live} ${live === 1 ? 'match is' : 'matches are'} being played: no more fit in this process.`;
      return { type: 'match.skipped', matchId: event.frame.match_id, why: 'too_many', message };
    }),

    // over
    recordMatch: enqueueActions(({ context, event, enqueue, self }) => {
      const broken = 'error' in event ? matchIn(self, (event as ChildEnd).actorId) : undefined;
      const ended = childEndOf({ context, event }, broken?.context);
      // A machine that fails does not stop its ports: its connection would keep the seat.
      const { socket, bot } = broken?.children ?? {};
      const requestId = broken?.context.turn?.frame.request_id ?? '';
      if (socket) enqueue.sendTo(socket, { type: 'socket.close' } satisfies MatchSocketCommand);
      if (bot) enqueue.sendTo(bot, { type: 'bot.abort', requestId } satisfies BotCommand);
      const { result } = ended.output;
      const ending: AgentEvent = { type: 'match.ended', matchId: result.matchId, result };
      enqueue.sendTo('reporter', ending);
      enqueue.stopChild(ended.slot);
      enqueue.assign(afterMatchOver(context, ended.slot, ended.output));
    }),
  },
};
