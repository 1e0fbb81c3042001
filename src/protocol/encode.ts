/** The only place where frames become text. The server refuses unknown fields (docs/protocol.md 1). */
import type { RefusedWhy } from './events.js';
import type { ClientFrame, JsonObject } from './frames.js';
import { wire } from './frames.js';

/** The text to send, or why it cannot be sent. */
export type EncodedFrame = { ok: true; text: string } | { ok: false; why: Exclude<RefusedWhy, 'not_open'> };

/** Cuts to UTF-16 units without leaving half a character behind. */
function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
}

/** The protocol's fields of each type, and none of the other fields that the object may have. */
function fieldsOf(frame: ClientFrame): JsonObject {
  switch (frame.type) {
    case 'authenticate':
      return {
        type: 'authenticate',
        ...('match_id' in frame ? { match_id: frame.match_id } : {}),
        ...('ticket' in frame ? { ticket: frame.ticket } : { token: frame.token }),
      };
    case 'hello':
      return {
        type: 'hello',
        match_id: frame.match_id,
        supported_versions: frame.supported_versions,
        client_name: cut(frame.client_name, wire.maxClientNameLength),
        client_version: cut(frame.client_version, wire.maxClientVersionLength),
        supported_games: frame.supported_games,
      };
    case 'turn_action':
      return {
        type: 'turn_action',
        match_id: frame.match_id,
        request_id: frame.request_id,
        action: frame.action,
        params: frame.params,
      };
    case 'pong':
      break;
  }
  return { type: 'pong', ...('match_id' in frame ? { match_id: frame.match_id } : {}) };
}

/** JSON would write NaN and the infinities as null, which would be another action. */
function refuseUnwritable(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('not a JSON number');
  return value;
}

/**
 * Writes a frame. Fields that are undefined are left out. `not_encodable`: a value JSON cannot hold (BigInt, a cycle,
 * NaN); `too_large`: over the 4096 bytes the server takes. Never throws.
 */
export function encodeFrame(frame: ClientFrame): EncodedFrame {
  let text: string;
  try {
    // Only the parameters of a bot can contain NaN.
    const isFromBot = frame.type === 'turn_action' && frame.params !== undefined;
    text = JSON.stringify(fieldsOf(frame), isFromBot ? refuseUnwritable : undefined);
  } catch {
    return { ok: false, why: 'not_encodable' };
  }
  return isTooLarge(text) ? { ok: false, why: 'too_large' } : { ok: true, text };
}

/** A UTF-16 unit takes three bytes of UTF-8 at most: bytes of short texts are not counted. */
function isTooLarge(text: string): boolean {
  const limit = wire.maxClientFrameBytes;
  return text.length * 3 > limit && Buffer.byteLength(text) > limit;
}
