/** Reads fields of frames and table events. A field of the wrong type counts as missing. */
import { printable } from '../protocol/redact.js';

const defaults = { maxTextLength: 40, maxListLength: 64 } as const;

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Printable and short. */
export function textOf(value: unknown, maxLength: number = defaults.maxTextLength): string {
  return typeof value === 'string' ? printable(value, maxLength) : '';
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, defaults.maxListLength) : [];
}

export function numbersOf(value: unknown): number[] {
  return listOf(value).map((item) => numberOf(item) ?? 0);
}

export function cardsOf(value: unknown): string[] {
  return listOf(value).filter(
    (card): card is string => typeof card === 'string' && /^[2-9TJQKA][cdhs]$/.test(card),
  );
}
