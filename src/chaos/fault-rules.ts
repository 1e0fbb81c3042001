/** The rules of faults as data, and their check at run time. */
import { isTable } from '../protocol/checks.js';
import { maxTimerMs } from '../time/max-timer.js';
import type { Aim, Chaos, ChaosFault, FaultKind } from './faults.js';

const defaults = {
  maxFaults: 1_000,
  maxTextLength: 1_000,
  maxReasonBytes: 123,
  maxHugeBytes: 64 * 1024 * 1024,
  maxBinaryBytes: 1024 * 1024,
  maxPings: 10_000,
  maxRetryAfterSeconds: 24 * 60 * 60,
} as const;

interface Rule {
  /** What follows "must be" in a message. */
  rule: string;
  fits(value: unknown): boolean;
}

const isWhole = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to;

function whole(from: number, to: number = Number.MAX_SAFE_INTEGER): Rule {
  return {
    rule: `a whole number from ${from}${to === Number.MAX_SAFE_INTEGER ? ' on' : ` to ${to}`}`,
    fits: (value) => isWhole(value, from, to),
  };
}

function oneOf(...choices: readonly string[]): Rule {
  return {
    rule: `one of ${choices.join(', ')}`,
    fits: (value) => choices.some((choice) => choice === value),
  };
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= defaults.maxTextLength;
const name: Rule = { rule: `text of 1 to ${defaults.maxTextLength} characters`, fits: isName };
const flag: Rule = { rule: 'true or false', fits: (value) => typeof value === 'boolean' };
const milliseconds = whole(0, maxTimerMs);
const when = oneOf('before', 'after');

const closeCode: Rule = {
  rule: 'a whole number from 0 to 65535, or a list of such numbers',
  fits(value) {
    const codes: readonly unknown[] = Array.isArray(value) ? value : [value];
    return codes.length > 0 && codes.every((code) => isWhole(code, 0, 2 ** 16 - 1));
  },
};

const aimRules: Readonly<Record<keyof Aim, Rule>> = {
  leg: oneOf('lobby', 'match', 'any'),
  direction: oneOf('down', 'up'),
  type: name,
  at: whole(1),
  every: whole(1),
  chance: {
    rule: 'a number from 0 to 1',
    fits: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  },
  times: {
    rule: 'a whole number from 1 on, or Infinity (inf in a file)',
    fits: (value) => value === Infinity || isWhole(value, 1, Number.MAX_SAFE_INTEGER),
  },
  connections: whole(1),
};

const moments = ['at', 'every', 'chance'] as const;

interface KindRules {
  /** The fields of this kind. */
  fields: Readonly<Record<string, Rule>>;
  required?: readonly string[];
  /** Fields of `Aim` that this kind does not have. */
  without?: readonly (keyof Aim)[];
  /** It changes only frames of the server. */
  downOnly?: true;
}

type OwnFields<F extends ChaosFault> = Exclude<keyof F, keyof Aim | 'kind'>;
type RulesOf<K extends FaultKind> = KindRules & {
  fields: Readonly<Record<OwnFields<Extract<ChaosFault, { kind: K }>>, Rule>>;
};

const kindRules: Readonly<{ [K in FaultKind]: RulesOf<K> }> = {
  drop: { fields: { how: oneOf('reset', 'fin'), when } },
  halfOpen: { fields: { silent: oneOf('down', 'up', 'both'), when } },
  delay: { fields: { ms: milliseconds, jitterMs: milliseconds }, required: ['ms'] },
  slice: { fields: { bytes: whole(1) } },
  duplicate: { fields: {}, downOnly: true },
  garble: { fields: { what: oneOf('json', 'utf8', 'framing'), extra: flag }, downOnly: true },
  unknownType: { fields: { frameType: name } },
  wrongTypes: {
    fields: {
      fields: {
        rule: 'a list of field names',
        fits: (value) => Array.isArray(value) && value.length > 0 && value.every(isName),
      },
      extra: flag,
    },
    downOnly: true,
  },
  invertRaise: { fields: {}, downOnly: true },
  huge: { fields: { bytes: whole(64, defaults.maxHugeBytes), frameType: name } },
  binary: { fields: { bytes: whole(0, defaults.maxBinaryBytes) } },
  pings: { fields: { count: whole(1, defaults.maxPings) } },
  close: {
    fields: {
      code: closeCode,
      reason: {
        rule: `text of at most ${defaults.maxReasonBytes} bytes`,
        fits: (value) => typeof value === 'string' && Buffer.byteLength(value) <= defaults.maxReasonBytes,
      },
      when,
    },
  },
  refuse: {
    fields: { status: whole(300, 599), retryAfterSeconds: whole(0, defaults.maxRetryAfterSeconds) },
    required: ['status'],
    without: ['direction', 'type'],
  },
  evict: { fields: {} },
  revoke: { fields: {} },
  restart: { fields: { downMs: milliseconds }, required: ['downMs'] },
  lobbyDrop: { fields: {} },
};

/** The place of a mistake: the number of a fault (from 1), a field, or both. */
export interface Place {
  fault?: number;
  field?: string;
}

/**
 * Makes the error to throw.
 *
 * @param what the rest of the sentence after the name of the place: `must be ..., not ...`.
 */
export type Complain = (place: Place, what: string) => Error;

/** @throws what `complain` makes, for everything that is not a valid chaos. */
export function checkChaos(value: unknown, complain: Complain): Chaos {
  if (!isTable(value)) throw complain({}, 'must be an object with name and faults');
  for (const field of Object.keys(value)) {
    if (!['name', 'description', 'faults'].includes(field)) {
      throw complain({ field }, 'is not known; there are name, description and faults');
    }
  }
  if (!isName(value.name)) throw complain({ field: 'name' }, `must be ${name.rule}${not(value.name)}`);
  if (value.description !== undefined && typeof value.description !== 'string') {
    throw complain({ field: 'description' }, `must be text${not(value.description)}`);
  }
  const { faults } = value;
  if (!Array.isArray(faults) || faults.length > defaults.maxFaults) {
    throw complain({ field: 'faults' }, `must be a list of at most ${defaults.maxFaults} faults`);
  }
  const { name: title, description } = value;
  return {
    name: title,
    ...(description !== undefined && { description }),
    faults: faults.map((fault: unknown, index) => checkFault(fault, index + 1, complain)),
  };
}

function checkFault(value: unknown, fault: number, complain: Complain): ChaosFault {
  if (!isTable(value)) throw complain({ fault }, 'must be an object with a kind');
  const kinds: Readonly<Record<string, KindRules>> = kindRules;
  const { kind, ...fields } = value;
  const rules = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (typeof kind !== 'string' || rules === undefined) {
    throw complain({ fault, field: 'kind' }, `must be one of ${Object.keys(kinds).join(', ')}${not(kind)}`);
  }
  const allowed: Readonly<Record<string, Rule>> = {
    ...withoutKeys(aimRules, rules.without),
    ...rules.fields,
  };
  for (const [field, given] of Object.entries(fields)) {
    const rule = Object.hasOwn(allowed, field) ? allowed[field] : undefined;
    if (rule === undefined) {
      throw complain(
        { fault, field },
        `is not known for ${kind}; there are ${Object.keys(allowed).join(', ')}`,
      );
    }
    if (given !== undefined && !rule.fits(given))
      throw complain({ fault, field }, `must be ${rule.rule}${not(given)}`);
  }
  for (const field of rules.required ?? []) {
    if (fields[field] === undefined)
      throw complain({ fault, field }, `is missing; it must be ${allowed[field]?.rule}`);
  }
  const given = moments.filter((moment) => fields[moment] !== undefined);
  if (given.length > 1) {
    throw complain({ fault, field: given[1] ?? '' }, `cannot be given together with ${given[0]}`);
  }
  if (rules.downOnly === true && fields.direction === 'up') {
    throw complain({ fault, field: 'direction' }, `must be down: ${kind} changes frames of the server only`);
  }
  // Every field was checked, and there are no others.
  return value as unknown as ChaosFault;
}

function withoutKeys(
  rules: Readonly<Record<string, Rule>>,
  keys: readonly string[] = [],
): Record<string, Rule> {
  return Object.fromEntries(Object.entries(rules).filter(([key]) => !keys.includes(key)));
}

/** `, not 7`: what was given instead, if it is short. */
function not(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return `, not ${value}`;
  if (typeof value === 'string') return `, not "${value.slice(0, 40)}"`;
  return Array.isArray(value) ? ', not a list like this one' : ', not an object';
}
