/** Reads the fields of bodies. All fields are text; unexpected fields are refused. */

import { isObject } from '../../protocol/checks.js';
import { HttpError } from './http-error.js';

/** The rule of a field. */
export interface TextRule {
  readonly required?: boolean;
  readonly maxLength: number;
}

export type TextRules<Name extends string = string> = Readonly<Record<Name, TextRule>>;

/** The fields of a body. Fields that are null are left out. */
export type Texts = ReadonlyMap<string, string>;

/** Characters that are not allowed in a name or id (Unicode's "other" and line separators). */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * @param text the body; null when there was none, which is read as `{}`.
 * @throws {HttpError}
 */
export function readTexts(text: string | null, rules: TextRules): Texts {
  const body = text === null ? {} : parse(text);
  for (const name of Object.keys(body)) {
    if (!Object.hasOwn(rules, name)) throw unexpectedField(rules);
  }
  const texts = new Map<string, string>();
  for (const [name, { required = false, maxLength }] of Object.entries(rules)) {
    const value = Object.hasOwn(body, name) ? body[name] : null;
    if (typeof value === 'string') texts.set(name, usable(name, value, maxLength));
    else if (value !== null) throw badField(name, 'must be text');
    else if (required) throw badField(name, 'is missing');
  }
  return texts;
}

function usable(name: string, value: string, maxLength: number): string {
  if (value !== '' && value.length <= maxLength && !unprintable.test(value)) return value;
  throw badField(name, `must be printable text of 1 to ${maxLength} characters`);
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpError('REQUEST_BAD_JSON', 'The body is not JSON.');
  }
  if (isObject(value)) return value;
  throw new HttpError('REQUEST_BAD_JSON', 'The body must be a JSON object.');
}

/** Does not quote the field: it may be a credential in the wrong place. */
function unexpectedField(rules: TextRules): HttpError {
  const names = Object.keys(rules).join(', ');
  const expected = names === '' ? 'no fields are' : `only the fields ${names} are`;
  return new HttpError('REQUEST_BAD_FIELD', `There is a field too many: ${expected} expected here.`);
}

function badField(name: string, what: string): HttpError {
  return new HttpError('REQUEST_BAD_FIELD', `The field ${name} ${what}.`);
}
