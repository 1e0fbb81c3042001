/** What an agent reports about sessions of the same bot on this machine that follow each other. */

/** `pid`: the process of the other session. */
export type HandoverReport =
  /** This session has the lobby from another one, which plays its `live` matches to their end. */
  | { type: 'handover.taken'; pid: number; live: number }
  /** The platform announces a match that the other session still plays: it is left to that one. */
  | { type: 'handover.playing'; matchId: string }
  /** A newer session has the lobby from now on. */
  | { type: 'handover.given'; pid: number }
  /** It ended before it could be trusted: this session has the lobby again. */
  | { type: 'handover.returned'; pid: number }
  /** It lasted: this session ends when its matches are over. */
  | { type: 'handover.settled'; pid: number };
