/** Answers on a table of another game, whose terms nobody knows here (docs/protocol.md 9). */
import { type LegalAnswer, notAnAction, notOffered } from '../../holdem/legal-answer.js';
import { isObject } from '../../protocol/checks.js';
import type { JsonObject, TurnRequest, WireAction } from '../../protocol/frames.js';
import { freeAction } from '../../protocol/safe-action.js';

/** Without an action: the answer is of no use, and nobody here knows another one. */
export type RawLegalAnswer =
  | LegalAnswer
  | { action: null; correction: NonNullable<LegalAnswer['correction']> };

/**
 * The legal form of an answer: its name must be offered, nothing else is known. Its parameters are a copy that nothing
 * the bot does later can change. Never throws.
 */
export function legalRawAnswer(answer: unknown, { valid_actions: offered }: TurnRequest): RawLegalAnswer {
  const asked = readRawAnswer(answer);
  if (asked !== null && (offered.length === 0 || offered.includes(asked.action))) return { action: asked };
  const correction =
    asked === null ? notAnAction('decideRaw', answer) : { why: notOffered(asked.action, offered), asked };
  const action = freeAction(offered);
  return { action: action === null ? null : { action }, correction };
}

/** Reads `{ action, params? }`, or `{ action, amount }`; null for anything else. */
function readRawAnswer(answer: unknown): WireAction | null {
  try {
    if (!isObject(answer)) return null;
    // Read once each: what comes from a getter may be another thing the next time.
    const { action, params, amount } = answer;
    if (typeof action !== 'string' || Array.isArray(params)) return null;
    if (isObject(params)) return { action, params: asJson(params) };
    return amount === undefined ? { action } : { action, params: asJson({ amount }) };
  } catch {
    // Getters and proxies throw what they like.
    return null;
  }
}

/** Throws for what JSON cannot hold, and for numbers that it would turn into null. */
function asJson(params: JsonObject): JsonObject {
  const text = JSON.stringify(params, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('not a JSON number');
    return value;
  });
  return JSON.parse(text) as JsonObject;
}
