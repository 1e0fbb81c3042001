/** Values of two runs as data that can be compared: actors by their names, functions by theirs, instances by content. */
import type { AnyActorRef } from 'xstate';
import { actorName } from './actor-names.js';

export function comparable(value: unknown): unknown {
  return copyOf(value, new Map());
}

function copyOf(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (isActor(value)) return `[actor ${actorName(value)}]`;
  if (known.has(value)) return known.get(value);
  const copy = emptyCopyOf(value);
  if (copy === undefined) return value;
  known.set(value, copy);
  if (value instanceof Map || value instanceof Set) {
    (copy as { members: unknown }).members = [...value].map((member: unknown) => copyOf(member, known));
  }
  for (const key of Object.keys(value)) {
    (copy as Record<string, unknown>)[key] = copyOf((value as Record<string, unknown>)[key], known);
  }
  return copy;
}

/** Undefined for what is compared as it is: dates, errors, bytes, whatever keeps its content inside. */
function emptyCopyOf(value: object): object | undefined {
  if (Array.isArray(value)) return value.slice();
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return {};
  const isWalked = value instanceof Map || value instanceof Set;
  if (!isWalked && Object.prototype.toString.call(value) !== '[object Object]') return undefined;
  return { '[class]': value.constructor };
}

function isActor(value: object): value is AnyActorRef {
  return 'sessionId' in value && 'send' in value && 'getSnapshot' in value;
}
