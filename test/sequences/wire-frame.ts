/** Frames as anybody can read them on the wire, with none of the agent's own code. */

export type Json = Record<string, unknown>;

export function parseFrame(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

/** A `turn_request`, as far as anybody can rely on it. */
export interface Request {
  request_id: string;
  seat?: unknown;
}

export function isTurnRequest(frame: unknown): frame is Request {
  if (typeof frame !== 'object' || frame === null) return false;
  const { type, request_id: id, valid_actions: actions } = frame as Json;
  return type === 'turn_request' && typeof id === 'string' && Array.isArray(actions);
}
