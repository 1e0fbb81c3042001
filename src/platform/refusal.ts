/** Reads what the platform says with an error. */
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';
import { printable, type Redact } from '../protocol/redact.js';
import { explainRefusal } from './error-codes.js';
import { numberOf, textOf } from './fields.js';
import { PlatformRefusedError, type Refusal } from './platform-error.js';

const defaults = {
  /** UTF-16 units of the platform's own message that are repeated. */
  maxMessageLength: 300,
  maxIdLength: 100,
  /** How far an error is looked for in objects within objects. */
  maxNesting: 4,
} as const;

/** The shape of a code, so that no sentence is taken for one. */
const codeShape = /^[A-Z][A-Z0-9_]{2,63}$/;

/** Where servers put what belongs to an error: at the top, or below one of these. */
const wrappers = ['detail', 'error', 'errors', 'data'] as const;

/** The object with the error's code, however deep it is; null when none has one. */
function holderOfCode(value: unknown, depth = 0): JsonObject | null {
  const candidate = Array.isArray(value) ? value[0] : value;
  if (!isObject(candidate) || depth > defaults.maxNesting) return null;
  if (codeOf(candidate) !== null) return candidate;
  for (const name of wrappers) {
    const inner = holderOfCode(candidate[name], depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}

function codeOf(holder: JsonObject): string | null {
  const found = [holder['error_code'], holder['code']].find(
    (value): value is string => typeof value === 'string' && codeShape.test(value),
  );
  return found ?? null;
}

/** A message may be text, or a list of what is wrong with the fields. */
function messageIn(body: JsonObject, holder: JsonObject): string {
  const own = textOf(holder['message']) ?? textOf(body['message']);
  if (own !== null) return own;
  const detail = Array.isArray(body['detail']) ? body['detail'][0] : body['detail'];
  if (isObject(detail)) return textOf(detail['message']) ?? textOf(detail['msg']) ?? '';
  return textOf(detail) ?? textOf(body['error']) ?? '';
}

/** What came with a status of 400 or more. */
export interface RefusedAnswer {
  request: string;
  status: number;
  /** The parsed body; null when it was not JSON. */
  body: unknown;
  /** The header `X-Request-ID`. */
  requestIdHeader: string | null;
  retryAfterMs: number | null;
}

/** The typed error of a refusal. @param redact takes the credentials out of what the platform says. */
export function refusalOf(answer: RefusedAnswer, redact: Redact): PlatformRefusedError {
  const body = isObject(answer.body) ? answer.body : {};
  const holder = holderOfCode(answer.body) ?? body;
  const shown = (text: string | null, length: number): string | null =>
    text === null ? null : printable(text, length, redact) || null;
  const refusal: Refusal = {
    request: answer.request,
    status: answer.status,
    errorCode: codeOf(holder),
    requestId: shown(
      textOf(holder['request_id']) ?? textOf(body['request_id']) ?? answer.requestIdHeader,
      defaults.maxIdLength,
    ),
    retryAfterMs: answer.retryAfterMs,
    penaltyLevel: shown(
      textOf(holder['penalty_level']) ?? textOf(body['penalty_level']),
      defaults.maxIdLength,
    ),
    violations: numberOf(holder['violations']) ?? numberOf(body['violations']),
  };
  const said = shown(messageIn(body, holder), defaults.maxMessageLength);
  return new PlatformRefusedError(sentenceOf(refusal, said), refusal);
}

function sentenceOf(refusal: Refusal, said: string | null): string {
  const { errorCode, status, request, requestId } = refusal;
  const origin = [request, `HTTP ${status}`, ...(requestId === null ? [] : [`request ${requestId}`])];
  const own = said === null ? '' : ` The platform says: ${said}`;
  return `${errorCode === null ? '' : `${errorCode}: `}${explainRefusal(errorCode, status)} (${origin.join(', ')})${own}`;
}
