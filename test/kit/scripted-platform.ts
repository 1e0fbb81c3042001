/** A platform that a test plays by hand, on real sockets: lobby and gateway on one raw server. */
import { createAgent } from '../../src/agent/agent.js';
import type { World } from '../../src/agent/world.js';
import type { BotSource } from '../../src/bot/bot.js';
import type { AgentOptions } from '../../src/io/settings/agent-options.js';
import type { JsonObject } from '../../src/protocol/frames.js';
import { type RawPeer, type RawServerOptions, startRawServer } from './raw-server.js';

export const testToken = 'cz_extbot_0123456789abcdefghijklmnopqrstuv';

/** The server's end of one connection, in frames. */
export interface PlatformPeer {
  raw: RawPeer;
  say(frame: JsonObject): void;
  /** The next frame the agent sent. */
  hear(): Promise<JsonObject>;
  /** Every frame the agent sent, heard or not. */
  heard(): JsonObject[];
  close(code: number, reason?: string): void;
  /** Ends the TCP connection, as an unplugged cable would be noticed. */
  drop(): void;
}

function peerOf(raw: RawPeer): PlatformPeer {
  return {
    raw,
    say: (frame) => raw.socket.send(JSON.stringify(frame)),
    hear: async () => JSON.parse(await raw.frames.next()) as JsonObject,
    heard: () => raw.frames.all.map((text) => JSON.parse(text) as JsonObject),
    close: (code, reason) => raw.socket.close(code, reason),
    drop: () => raw.socket.terminate(),
  };
}

/** It is closed after the test. */
export async function startScriptedPlatform(options: RawServerOptions = {}) {
  const server = await startRawServer(options);
  const lobbyUrl = `${server.url}/ws/external/bot/b1`;
  return {
    ...server,
    lobbyUrl,
    /** An agent that knows this platform and no other configuration. */
    agent(bot: BotSource, more: AgentOptions = {}, world: Partial<World> = {}) {
      return createAgent(
        bot,
        { url: lobbyUrl, token: testToken, config: null, ...more },
        { env: {}, ...world },
      );
    },
    peer: async () => peerOf(await server.accept()),
    /** The next connection, taken for the lobby and logged in. */
    async lobby(): Promise<PlatformPeer> {
      const peer = peerOf(await server.accept());
      await peer.hear();
      peer.say({ type: 'hello', endpoint: 'lobby', selected_version: '1.0', supported_versions: ['1.0'] });
      return peer;
    },
    /** The next connection, taken for a gateway, through the handshake. */
    async seat(matchId = 'm1'): Promise<PlatformPeer> {
      const peer = peerOf(await server.accept());
      await peer.hear();
      peer.say({
        type: 'hello',
        match_id: matchId,
        seq: 1,
        supported_versions: ['1.0'],
        selected_version: '1.0',
      });
      await peer.hear();
      return peer;
    },
  };
}

export const say = {
  matched: (matchId = 'm1', more: JsonObject = {}): JsonObject => ({
    type: 'matched',
    match_id: matchId,
    participant_id: 'p1',
    gateway_ws_url: `/ws/external/match/${matchId}/p1`,
    rated: false,
    ...more,
  }),
  matchStart: (seq = 1): JsonObject => ({
    type: 'match_start',
    match_id: 'm1',
    seq,
    seats: [
      { seat: 0, display_name: 'me', participant_id: 'p1', is_self: true },
      { seat: 1, display_name: 'them', participant_id: 'p2', is_self: false },
    ],
    turn_timeout_ms: 5_000,
  }),
  turn: (requestId: string, more: JsonObject = {}): JsonObject => ({
    type: 'turn_request',
    match_id: 'm1',
    seat: 0,
    request_id: requestId,
    timeout_ms: 5_000,
    valid_actions: ['fold', 'call', 'raise'],
    state: { to_call: 10, min_raise: 20, max_raise: 100, pot: 15, your_stack: 100, opponent_stacks: [90] },
    ...more,
  }),
  matchEnd: (matchId = 'm1', more: JsonObject = {}): JsonObject => ({
    type: 'match_end',
    match_id: matchId,
    reason: 'complete',
    results: [{ seat: 0, net_chips: 5 }],
    ...more,
  }),
};
