/** Damages frames of a server: each function returns the bytes of a new frame. */
import { isObject } from '../protocol/checks.js';
import type { Garble } from './faults.js';
import { opcodes } from './frame-splitter.js';
import { frameOf, textFrame } from './frame-writer.js';

/** Fields without which a turn can still be played. */
const dispensable = ['seq', 'server_ts', 'timeout_ms', 'turn_duration_ms', 'deadline_ts'];

const below = (bound: number, random: () => number): number => Math.floor(random() * bound);

/** @param payload of a text frame. */
export function garble(payload: Buffer, what: Garble['what'], random: () => number): Buffer {
  if (what === 'framing') return breakFraming(frameOf(opcodes.text, payload), random);
  if (what === 'utf8') {
    const damaged = Buffer.concat([payload, Buffer.alloc(1)]);
    // A byte that never occurs in UTF-8.
    damaged[below(damaged.length, random)] = 0xff;
    return frameOf(opcodes.text, damaged);
  }
  const text = payload.toString();
  // Cut anywhere: a part of an object is not JSON, and no JSON ends with #.
  return textFrame(`${text.slice(0, below(text.length, random))}#`);
}

function breakFraming(frame: Buffer, random: () => number): Buffer {
  const first = frame[0] ?? 0;
  const second = frame[1] ?? 0;
  const breaks: readonly [index: number, value: number][] = [
    // A reserved bit, a reserved opcode, or the mask that only clients may use.
    [0, first | 0x40],
    [0, (first & 0xf0) | 0x3],
    [1, second | 0x80],
  ];
  const [index, value] = breaks[below(breaks.length, random)] ?? [0, first | 0x40];
  frame[index] = value;
  return frame;
}

export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** The fields of `frame` to change; empty when there are none. */
export function fieldsToChange(
  frame: Record<string, unknown>,
  { fields, extra = false }: { fields?: readonly string[]; extra?: boolean },
): string[] {
  const own = Object.keys(frame).filter((name) => name !== 'type');
  const wanted = fields ?? (extra ? own : dispensable);
  return own.filter((name) => wanted.includes(name));
}

export function withWrongTypes(frame: Record<string, unknown>, fields: readonly string[]): Buffer {
  const changed = Object.entries(frame).map(([name, value]) => [
    name,
    fields.includes(name) ? otherType(value) : value,
  ]);
  return textFrame(JSON.stringify(Object.fromEntries(changed)));
}

/** Whether a short stack is asked here, whose least raise is all it has. */
export function isShortStack({ type, state }: Record<string, unknown>): boolean {
  if (type !== 'turn_request' || !isObject(state)) return false;
  const { min_raise: min, max_raise: max } = state;
  return typeof max === 'number' && max > 0 && min === max;
}

/** The frame with a least raise that is twice what the seat has. */
export function withInvertedRaise(frame: Record<string, unknown>): Buffer {
  const state = isObject(frame['state']) ? frame['state'] : {};
  const min_raise = 2 * Number(state['max_raise']);
  return textFrame(JSON.stringify({ ...frame, state: { ...state, min_raise } }));
}

function otherType(value: unknown): unknown {
  if (value === null) return {};
  if (Array.isArray(value) || typeof value === 'string') return 7;
  if (typeof value === 'number') return 'seven';
  return typeof value === 'boolean' ? 'yes' : null;
}
