/** Type checks of unknown data. */
import type { JsonObject } from './frames.js';

/** An object with fields. Lists are not objects here. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A table of TOML, whose dates are objects as well. */
export function isTable(value: unknown): value is JsonObject {
  return isObject(value) && !(value instanceof Date);
}

/** A whole number from 0: a seat, a round, a count. */
export const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

export const isText = (value: unknown): value is string => typeof value === 'string';
