/** What unknown data is. */
import type { JsonObject } from './frames.js';

/** An object with fields, and not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A table of TOML, whose dates are objects as well. */
export function isTable(value: unknown): value is JsonObject {
  return isObject(value) && !(value instanceof Date);
}

/** A seat, a round, a number of things: whole, and not below zero. */
export const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

export const isText = (value: unknown): value is string => typeof value === 'string';
