/** Facets as text. What JSON would make alike, or cannot say, is refused: two states would be taken for one. */
import { ModelError } from './model-error.js';

/**
 * The same text for the same facets, whatever the order of their keys.
 *
 * @throws {ModelError} `facets_unclear`, with the place of what is no plain data.
 */
export function facetsText(facets: unknown): string {
  return textOf(facets, 'facets', []);
}

function textOf(value: unknown, place: string, around: readonly unknown[]): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value !== 'object') throw unclear(place, ...describe(value));
  if (around.includes(value)) throw unclear(place, 'an object that contains itself', 'an id of it');
  const inside = [...around, value];
  if (Array.isArray(value)) {
    // `Array.from` fills holes, which are `undefined` and refused as such.
    return `[${Array.from(value, (item, index) => textOf(item, `${place}[${index}]`, inside)).join(',')}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw unclear(place, ...describeInstance(value));
  }
  if (Object.getOwnPropertySymbols(value).length > 0) {
    throw unclear(place, 'an object with a symbol as a key', 'text as its keys');
  }
  const entries = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${textOf(item, `${place}.${key}`, inside)}`);
  return `{${entries.join(',')}}`;
}

/** What it is, and what to give instead. */
function describe(value: unknown): [what: string, instead: string] {
  if (value === undefined) return ['undefined', 'null, or leave the key out'];
  if (typeof value === 'number') return [String(value), 'null or a name of its own, such as "none"'];
  if (typeof value === 'bigint') return ['a bigint', 'its text'];
  if (typeof value === 'function') return ['a function', 'what tells it apart from others, such as a name'];
  return [`a ${typeof value}`, 'text'];
}

function describeInstance(value: object): [what: string, instead: string] {
  if (value instanceof Map) return ['a Map', 'its entries as an array'];
  if (value instanceof Set) return ['a Set', 'its members as an array'];
  if (value instanceof Date) return ['a Date', 'its getTime()'];
  const { name = '' } = (value.constructor as { name?: string } | undefined) ?? {};
  return [
    `an instance of ${name === '' ? 'a class' : name}`,
    'those of its values that matter, as plain data',
  ];
}

const unclear = (place: string, what: string, instead: string): ModelError =>
  new ModelError(
    'facets_unclear',
    `What tells states apart must be plain data, but ${place} is ${what}. Give ${instead}.`,
  );
