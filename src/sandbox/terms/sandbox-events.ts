import type { ChaosEvent } from '../../chaos/chaos-events.js';
import type { TableFact } from '../../holdem/facts.js';
import type { MatchEnd } from '../../protocol/frames.js';

/** Why a seat lost its match without playing it to the end. */
export const forfeitReasons = ['grace_expired', 'budget_exhausted', 'unresponsive'] as const;
/**
 * `grace_expired`: it was away too long. `budget_exhausted`: it dropped too often. `unresponsive`: too many of its
 * turns were played for it.
 */
export type ForfeitReason = (typeof forfeitReasons)[number];

/** What happens on a sandbox, for tests, logs and views. It never contains a token. */
export type SandboxEvent =
  | { type: 'lobby.online'; botId: string }
  | { type: 'lobby.offline'; botId: string; code: number; reason: string }
  | { type: 'lobby.ping'; botId: string }
  /** The ping was answered. */
  | { type: 'lobby.pong'; botId: string; afterMs: number }
  /** A connection that did not authenticate was closed. */
  | { type: 'lobby.refused'; botId: string; code: number; reason: string }
  | { type: 'match.created'; matchId: string; players: string[] }
  | { type: 'seat.connected'; matchId: string; botId: string; resumed: boolean }
  | { type: 'seat.disconnected'; matchId: string; botId: string; code: number; reason: string }
  /** A dial of the gateway was denied, with a close code or, at its upgrade, an HTTP status. */
  | { type: 'seat.refused'; matchId: string; code: number; reason: string }
  /** The match goes on without this bot; the platform plays for the seat until it is out. */
  | { type: 'seat.forfeited'; matchId: string; seat: number; reason: ForfeitReason }
  | { type: 'match.started'; matchId: string }
  /** `clockMs`: the time for the answer. */
  | { type: 'turn.opened'; matchId: string; seat: number; requestId: string; clockMs: number }
  /** A fact of the table (docs/holdem.md) with all cards face up, before it is sent to the seats. */
  | { type: 'table.changed'; matchId: string; event: TableFact }
  | { type: 'turn.rejected'; matchId: string; seat: number; requestId: string; reason: string }
  /** The platform played for a seat. */
  | { type: 'turn.substituted'; matchId: string; seat: number; requestId: string; action: string }
  | { type: 'hand.ended'; matchId: string; hand: number; stacks: number[] }
  | { type: 'match.ended'; matchId: string; end: MatchEnd }
  /** Its minute has come. */
  | { type: 'fixture.opened'; fixtureId: string; players: string[] }
  /** The first to third dispatch of a fixture. `missing`: who is not in the lobby; it is dispatched when nobody is. */
  | { type: 'fixture.kicked'; fixtureId: string; players: string[]; kick: number; missing: string[] }
  /** The match of a fixture is over. */
  | { type: 'fixture.played'; fixtureId: string; matchId: string }
  /** A bot did not come; `winner` is the name of the other one, null when neither did. */
  | { type: 'fixture.walkover'; fixtureId: string; players: string[]; winner: string | null }
  /** A bot that runs inside the sandbox threw. */
  | { type: 'bot.failed'; matchId: string; name: string; hook: string; error: unknown }
  /** A client uses something that still works but is deprecated. */
  | { type: 'client.deprecated'; what: 'token_in_url'; matchId: string }
  /** A connection was closed because its address opens too many. */
  | { type: 'connect.refused'; address: string }
  /** Every connection was closed; new ones are refused for `downMs`. */
  | { type: 'platform.restarting'; downMs: number }
  /** The state file was damaged, and the platform goes on with a part of it, as it was told to (`repairState`). */
  | { type: 'state.repaired'; message: string }
  /** The state file cannot be written: nothing new is made, and matches wait, until it can. Told once. */
  | { type: 'state.failed'; message: string }
  /** It can be written again. */
  | { type: 'state.recovered' }
  /** An event of the chaos proxy in front of the platform. */
  | { type: 'chaos'; event: ChaosEvent }
  /** A defect of the sandbox or of a listener, reported instead of thrown. */
  | { type: 'platform.fault'; where: string; error: unknown };

export type EmitSandbox = (event: SandboxEvent) => void;
