/**
 * The hands of a block on their way from where they are played to where they are written: facts of the table as JSON, a line each, deflated, as
 * blocks wait for those before them and go over networks.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { TableFact } from '../holdem/facts.js';
import { isObject, isWhole } from '../protocol/checks.js';
import type { ArenaAnswers } from './arena-record.js';

const defaults = {
  /** Hands are much alike: more effort takes longer than it saves. */
  level: 1,
  /** Of a block, in bytes, when it is unpacked. */
  maxBytes: 256 * 1024 * 1024,
} as const;

/** What is written of a hand. The end has the whole history, so that what was done in turn is not told twice. */
const keptTypes: ReadonlySet<unknown> = new Set<TableFact['type']>([
  'handStarted',
  'handEnded',
  'matchEnded',
]);

/** The hands of one leg. */
export interface LegHands {
  /** By bot of the pairing. */
  readonly answers: readonly ArenaAnswers[];
  /** JSON of facts, in their order. */
  readonly facts: readonly string[];
}

export interface LegKeeper {
  take(facts: readonly TableFact[]): void;
  readonly facts: readonly string[];
}

export function keepLeg(): LegKeeper {
  const facts: string[] = [];
  return {
    facts,
    take(told) {
      for (const fact of told) if (keptTypes.has(fact.type)) facts.push(JSON.stringify(fact));
    },
  };
}

export function packHands(legs: readonly LegHands[]): string {
  const head = JSON.stringify(legs.map(({ answers, facts }) => ({ answers, facts: facts.length })));
  const text = [head, ...legs.flatMap(({ facts }) => facts)].join('\n');
  return deflateRawSync(text, { level: defaults.level }).toString('base64');
}

/** @returns null for what `packHands` does not make: it may have come over a network. */
export function unpackHands(packed: string): readonly LegHands[] | null {
  const text = inflated(packed);
  if (text === null) return null;
  const [head = '', ...lines] = text.split('\n');
  const legs = valueOf(head);
  if (!Array.isArray(legs) || !legs.every(isLegHead)) return null;
  let from = 0;
  const unpacked = legs.map(({ answers, facts }): LegHands => {
    from += facts;
    return { answers, facts: lines.slice(from - facts, from) };
  });
  return from === lines.length ? unpacked : null;
}

interface LegHead {
  readonly answers: readonly ArenaAnswers[];
  readonly facts: number;
}

const isLegHead = (value: unknown): value is LegHead =>
  isObject(value) &&
  isWhole(value['facts']) &&
  Array.isArray(value['answers']) &&
  value['answers'].every(isObject);

function inflated(packed: string): string | null {
  try {
    const bytes = Buffer.from(packed, 'base64');
    return inflateRawSync(bytes, { maxOutputLength: defaults.maxBytes }).toString();
  } catch {
    return null;
  }
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
