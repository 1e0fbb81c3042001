/**
 * Finds the list in an answer. The platform's answers are known from players' tools, and its next version may put a list
 * elsewhere: where only one list can be meant it is taken, and that is told; where two can, or none, nothing is guessed.
 */
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';

/** Names that lists have whatever is in them, and objects that answers are wrapped in. */
const commonNames = ['items', 'results', 'data'] as const;
const wrappers = ['data', 'result'] as const;

/** The first is the usual name; others are those that it may well have some day. */
export type ListNames = readonly [usual: string, ...others: string[]];

export interface FoundList {
  readonly list: unknown[];
  /** `fixtures`, `data.items`; empty: the answer itself. */
  readonly place: string;
  /** What is told beside the list, such as how many there are. */
  readonly beside: JsonObject;
}

/** Why there is no list: a part of a sentence, with the places that were looked at. */
export interface NoList {
  readonly why: string;
}

export function findList(body: unknown, names: ListNames): FoundList | NoList {
  if (Array.isArray(body)) return { list: body, place: '', beside: {} };
  if (!isObject(body)) return { why: 'it is neither an object nor a list' };
  const found = [
    ...listsAt(body, names, ''),
    ...wrappers.flatMap((wrapper) => {
      const inner = body[wrapper];
      return isObject(inner) ? listsAt(inner, names, `${wrapper}.`) : [];
    }),
  ];
  const usual = found.find(({ place }) => place.replace(/^.*\./, '') === names[0]);
  const [only, other] = found;
  if (usual !== undefined) return usual;
  if (only === undefined) return { why: `no list was found ${placesOf(names)}` };
  if (other === undefined) return only;
  return { why: `the lists "${only.place}" and "${other.place}" could be meant` };
}

function listsAt(beside: JsonObject, names: ListNames, path: string): FoundList[] {
  return [...names, ...commonNames].flatMap((name): FoundList[] => {
    const list = beside[name];
    return Array.isArray(list) ? [{ list: list as unknown[], place: `${path}${name}`, beside }] : [];
  });
}

function placesOf(names: ListNames): string {
  const quoted = [...names, ...commonNames].map((name) => `"${name}"`);
  return `as ${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}, at the top or below "${wrappers.join('" or "')}"`;
}
