/**
 * The named chaos of this package, made for the platform's limits: a match allows 3 reconnects, a seat may be away
 * for 30 s, and the clock of a turn is paused only during the first absence (docs/protocol.md 3). Cuts during play
 * lose only frames that are sent again, so that a bot decides on the same facts as without faults.
 */
import type { Chaos } from './faults.js';

/** A chaos of this package, and what to expect from it. */
export interface Profile extends Chaos {
  description: string;
  /** Whether a correct client finishes every match with the same result as without faults. */
  survivable: boolean;
  /** Why not, or under which conditions. */
  note?: string;
}

const always = { every: 1, times: Infinity } as const;

/** All profiles, in the order of `chipzen-agent proxy --list`. */
export const profiles: readonly Profile[] = [
  { name: 'calm', description: 'Nothing goes wrong.', survivable: true, faults: [] },
  {
    name: 'drops',
    description:
      'A match is cut three times, at a request, behind one and at an answer; the lobby is cut too.',
    survivable: true,
    note: 'Uses up all three reconnects of a match.',
    faults: [
      { kind: 'drop', leg: 'match', type: 'turn_request', at: 2 },
      { kind: 'drop', leg: 'match', type: 'turn_request', at: 3, how: 'fin', when: 'after' },
      { kind: 'drop', leg: 'match', direction: 'up', type: 'turn_action', at: 2 },
      { kind: 'drop', leg: 'lobby', type: 'matched', at: 1, how: 'fin', when: 'after' },
      { kind: 'drop', leg: 'lobby', type: 'ping', at: 1 },
    ],
  },
  {
    name: 'lobby-flaps',
    description: 'The lobby goes away again and again, right after its hello, at an announcement, at a ping.',
    survivable: true,
    faults: [
      { kind: 'drop', leg: 'lobby', at: 1, how: 'fin', when: 'after', times: 3 },
      { kind: 'drop', leg: 'lobby', type: 'matched', at: 1 },
      { kind: 'drop', leg: 'lobby', type: 'ping', at: 1, times: 2 },
    ],
  },
  {
    name: 'slow-network',
    description: 'Every frame takes 100 to 300 ms to the client and 50 to 150 ms to the server.',
    survivable: true,
    faults: [
      { kind: 'delay', ms: 100, jitterMs: 200, ...always },
      { kind: 'delay', direction: 'up', ms: 50, jitterMs: 100, ...always },
    ],
  },
  {
    name: 'slices',
    description: 'Every frame arrives byte by byte.',
    survivable: true,
    faults: [
      { kind: 'slice', ...always },
      { kind: 'slice', direction: 'up', ...always },
    ],
  },
  {
    name: 'noise',
    description:
      'Frames come twice, and between them some that are damaged, huge, binary or of unknown types; a short stack is told a raise above its chips.',
    survivable: true,
    faults: [
      { kind: 'unknownType', leg: 'match', every: 3, times: 30 },
      { kind: 'binary', leg: 'match', every: 5, times: 20 },
      { kind: 'garble', leg: 'match', every: 7, times: 20, extra: true },
      { kind: 'huge', leg: 'match', at: 6 },
      { kind: 'pings', leg: 'match', at: 8 },
      { kind: 'duplicate', leg: 'match', type: 'turn_request', every: 3, times: 10 },
      { kind: 'duplicate', leg: 'match', type: 'turn_result', every: 2, times: 20 },
      { kind: 'duplicate', leg: 'match', type: 'round_start', every: 2, times: 10 },
      { kind: 'wrongTypes', leg: 'match', type: 'turn_request', every: 2, times: 20 },
      { kind: 'wrongTypes', leg: 'match', type: 'turn_request', every: 5, times: 10, extra: true },
      { kind: 'wrongTypes', leg: 'match', type: 'turn_result', every: 3, times: 10, extra: true },
      { kind: 'invertRaise', leg: 'match', ...always },
      { kind: 'duplicate', leg: 'lobby', type: 'matched' },
      { kind: 'unknownType', leg: 'lobby', at: 2 },
      { kind: 'binary', leg: 'lobby', at: 2 },
      { kind: 'garble', leg: 'lobby', at: 2, extra: true },
      { kind: 'huge', leg: 'lobby', at: 2 },
    ],
  },
  {
    name: 'half-open',
    description:
      'Lobby and match go silent once, at their hello: nothing comes and nothing arrives any more.',
    survivable: true,
    note: 'Takes as long as the client waits for a hello, which must be well below 30 s.',
    faults: [
      { kind: 'halfOpen', leg: 'lobby', type: 'hello' },
      { kind: 'halfOpen', leg: 'match', type: 'hello' },
    ],
  },
  {
    name: 'silence',
    description: 'Lobby and match go silent once while a match is played.',
    survivable: false,
    note: 'The platform plays the turns of a seat that it does not hear; the match goes on when the client notices.',
    faults: [
      { kind: 'halfOpen', leg: 'lobby', type: 'matched', when: 'after' },
      { kind: 'halfOpen', leg: 'match', type: 'turn_request', at: 2 },
    ],
  },
  {
    name: 'refusals',
    description: 'Upgrades are refused before one is taken: 429, 500, 502 and 503; for a match also 404.',
    survivable: true,
    note: 'Takes about 15 s with the usual backoff; a match must be joined within 30 s.',
    faults: [
      { kind: 'refuse', leg: 'lobby', at: 1, status: 503 },
      { kind: 'refuse', leg: 'lobby', at: 2, status: 500 },
      { kind: 'refuse', leg: 'lobby', at: 3, status: 502 },
      { kind: 'refuse', leg: 'lobby', at: 4, status: 429, retryAfterSeconds: 1 },
      { kind: 'refuse', leg: 'match', at: 1, status: 503 },
      { kind: 'refuse', leg: 'match', at: 2, status: 404 },
      { kind: 'refuse', leg: 'match', at: 3, status: 502 },
      { kind: 'refuse', leg: 'match', at: 4, status: 429, retryAfterSeconds: 1 },
    ],
  },
  {
    name: 'closes',
    description: 'Connections are closed early, with each code after which a client should come back.',
    survivable: true,
    note: 'Uses up all three reconnects of a match.',
    faults: [
      { kind: 'close', leg: 'match', at: 1, connections: 1, code: [1013, 4002, 4004], reason: 'not yet' },
      { kind: 'close', leg: 'match', at: 1, times: 2, code: [1011, 4007, 4011], reason: 'try again' },
      { kind: 'close', leg: 'match', type: 'turn_request', at: 2, code: [1000, 1001] },
      { kind: 'close', leg: 'match', type: 'turn_request', at: 3, when: 'after', code: [1011, 1012, 1013] },
      { kind: 'close', leg: 'match', direction: 'up', type: 'turn_action', at: 2, code: [4009, 4011] },
      { kind: 'close', leg: 'lobby', at: 1, when: 'after', code: [1000, 1001] },
      { kind: 'close', leg: 'lobby', at: 1, when: 'after', code: [1011, 1012, 1013] },
      { kind: 'close', leg: 'lobby', type: 'matched', at: 1, code: 4000, reason: 'heartbeat missed' },
      { kind: 'close', leg: 'lobby', type: 'ping', at: 1, code: 1008, reason: 'too many connections' },
    ],
  },
  {
    name: 'restarts',
    description: 'The platform restarts twice in a match, and is away for a second each time.',
    survivable: true,
    note: 'Needs a platform that can restart: the sandbox.',
    faults: [{ kind: 'restart', leg: 'match', type: 'turn_request', at: 2, times: 2, downMs: 1_000 }],
  },
  {
    name: 'evictions',
    description: "The bot's lobby is given to another connection while a match is played.",
    survivable: false,
    note: 'The session must end: whoever evicted the bot holds its lobby now. Needs the sandbox.',
    faults: [{ kind: 'evict', leg: 'match', type: 'turn_request', at: 3 }],
  },
  {
    name: 'revoked',
    description: "The bot's token is revoked while a match is played.",
    survivable: false,
    note: 'The session must end: no connection is let in with this token any more. Needs the sandbox.',
    faults: [{ kind: 'revoke', leg: 'match', type: 'turn_request', at: 3 }],
  },
  {
    name: 'everything',
    description: 'A little of all that a correct client survives on any server.',
    survivable: true,
    note: 'Uses up all three reconnects of a match.',
    faults: [
      { kind: 'refuse', leg: 'lobby', at: 1, status: 503, retryAfterSeconds: 1 },
      { kind: 'refuse', leg: 'match', at: 1, status: 502 },
      { kind: 'close', leg: 'match', at: 1, code: 4011, reason: 'server_error' },
      { kind: 'drop', leg: 'match', type: 'turn_request', at: 2 },
      { kind: 'close', leg: 'match', type: 'turn_request', at: 3, code: 1012, when: 'after' },
      { kind: 'drop', leg: 'match', direction: 'up', type: 'turn_action', at: 2, how: 'fin' },
      { kind: 'drop', leg: 'lobby', type: 'matched', how: 'fin', when: 'after' },
      { kind: 'delay', chance: 0.2, times: 200, ms: 20, jitterMs: 80 },
      { kind: 'slice', chance: 0.3, times: 200, bytes: 3 },
      { kind: 'unknownType', chance: 0.1, times: 20 },
      { kind: 'binary', chance: 0.05, times: 20 },
      { kind: 'garble', chance: 0.05, times: 20, extra: true },
      { kind: 'huge', leg: 'match', at: 7 },
      { kind: 'pings', leg: 'match', at: 9 },
      { kind: 'duplicate', leg: 'match', type: 'turn_result', chance: 0.2, times: 20 },
      { kind: 'duplicate', leg: 'match', type: 'turn_request', chance: 0.1, times: 10 },
      { kind: 'wrongTypes', leg: 'match', type: 'turn_request', chance: 0.2, times: 20 },
      { kind: 'invertRaise', leg: 'match', ...always },
    ],
  },
];
