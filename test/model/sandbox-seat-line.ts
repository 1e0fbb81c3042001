import type { JsonObject } from '../../src/protocol/frames.js';
import { matchFacts } from '../../src/testing/match-cases.js';
import type { Mailbox } from '../kit/mailbox.js';
import type { GatedLine } from './gate.js';
import { botId, inOrder, platformIdOf, rename, type SandboxWorld } from './sandbox-world.js';
import type { Line } from './stage.js';

/** A seat at a table of the sandbox, behind the gate. */
export function seatLine(world: SandboxWorld, name: string, gated: GatedLine): Line {
  const { sandbox, clock, names, answered } = world;
  const { control } = sandbox;
  const { agent, letThrough, letClose, last } = gated;
  const matchId = platformIdOf(world, name) ?? '';
  const next = inOrder();
  let isSeated = false;
  const seated = world
    .listenFor((event) => event.type === 'seat.connected' && event.matchId === matchId)
    .then(() => {
      isSeated = true;
    });

  const isNamed = (id: unknown) => typeof id === 'string' && names.has(id);

  /** Says what the platform would not say by itself now. Its own frames are told apart by their time stamps. */
  async function sayByHand(frame: JsonObject): Promise<void> {
    const { server_ts: _at, ...rest } = rename(frame, (id) => platformIdOf(world, id));
    control.sendMatch(matchId, botId, JSON.stringify(rest));
    await letThrough(({ type, server_ts: at }) => type === frame.type && at === undefined);
  }

  async function askTurn(frame: JsonObject): Promise<void> {
    const requestId = platformIdOf(world, String(frame.request_id));
    const isOpen = requestId === undefined ? names.size === 1 : !answered.has(requestId);
    // The platform asks once on a connection.
    if (!isOpen || last('turn_request') !== undefined) return sayByHand(frame);
    await letThrough(({ type }) => type === 'turn_request');
    names.set(String(last('turn_request')?.request_id), String(frame.request_id));
  }

  async function tellResult(frame: JsonObject): Promise<void> {
    const requestId = last('turn_request')?.request_id;
    const isOurs = frame.seat === matchFacts.seat && frame.seq === undefined && isNamed(requestId);
    const isTimeout = (frame.details as JsonObject).is_timeout === true;
    if (!isOurs || isTimeout === answered.has(String(requestId))) return sayByHand(frame);
    if (isTimeout) clock.advance(matchFacts.turnMs);
    await letThrough(({ type, seat }) => type === 'turn_result' && seat === matchFacts.seat);
  }

  async function speak(frame: JsonObject): Promise<void> {
    if (frame.type === 'hello') return letThrough(({ type }) => type === 'hello');
    await seated;
    if (frame.type === 'turn_request') return askTurn(frame);
    if (frame.type === 'turn_result') return tellResult(frame);
    if (frame.type === 'match_end') {
      control.endMatch(matchId, 'abandoned');
      return letThrough(({ type }) => type === 'match_end');
    }
    const isFirst = names.size === 1 && last(String(frame.type)) === undefined && frame.seq === undefined;
    if (isFirst && ['match_start', 'round_start'].includes(String(frame.type))) {
      return letThrough(({ type }) => type === frame.type);
    }
    return sayByHand(frame);
  }

  const heardAs = (frame: JsonObject): JsonObject => {
    if (frame.type === 'turn_action') answered.add(String(frame.request_id));
    return rename(frame, (id) => names.get(id));
  };
  const heard: Mailbox<JsonObject> = {
    ...agent.heard,
    next: async () => heardAs(await agent.heard.next()),
  };

  return {
    ...agent,
    heard,
    say: (frame) => next(() => speak(frame as JsonObject)),
    sayText(text) {
      next(async () => {
        await seated;
        control.sendMatch(matchId, botId, text);
        await letThrough(({ type }) => type === 'garbage');
      });
    },
    close(code, reason) {
      next(async () => {
        await seated;
        control.dropMatch(matchId, botId, code, reason);
        await letClose();
      });
    },
    drop() {
      next(async () => {
        if (!isSeated) return agent.drop();
        control.dropMatch(matchId, botId);
        await letClose();
      });
    },
  };
}
