/** Facts with their cards as text, which is how tests say them. */
import { type Card, formatCard } from '../../src/holdem/card.js';

/** A type with `Ah` in the place of each card. */
export type Told<T> = T extends Card
  ? string
  : T extends readonly (infer Item)[]
    ? Told<Item>[]
    : T extends object
      ? { [Key in keyof T]: Told<T[Key]> }
      : T;

export function told<T>(value: T): Told<T> {
  return tell(value) as Told<T>;
}

function tell(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tell);
  if (typeof value !== 'object' || value === null) return value;
  if ('rank' in value && 'suit' in value) return formatCard(value as Card);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tell(item)]));
}
