/** Values of the database as JSON has them: the same whatever type a column or a sum has. */

/** A value of an answer. */
export type IndexValue =
  | string
  | number
  | boolean
  | null
  | readonly IndexValue[]
  | { readonly [name: string]: IndexValue };

/**
 * Whole numbers are numbers as far as those are exact, and text beyond; decimals are numbers; dates, times and whatever else
 * there may be are text.
 *
 * @param value of `@duckdb/node-api`.
 */
export function indexValue(value: unknown): IndexValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  // JSON has no word for those that are not finite.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  // The database has a class for each other type, which says itself as text.
  if (typeof value !== 'bigint') return indexObject(value);
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
}

function indexObject(value: { toString(): string }): IndexValue {
  if (Array.isArray(value)) return value.map(indexValue);
  if ('items' in value && Array.isArray(value.items)) return value.items.map(indexValue);
  if ('toDouble' in value && typeof value.toDouble === 'function') return indexValue(value.toDouble());
  if ('entries' in value && isFields(value.entries)) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, each]) => [name, indexValue(each)]));
  }
  return String(value);
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
