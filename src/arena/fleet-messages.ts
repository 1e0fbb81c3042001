/** What a run and its workers on other machines say to each other over NATS, and under which subjects. */
import { isObject, isText, isWhole } from '../protocol/checks.js';
import type { PlayedBlock } from './arena-record.js';
import type { BlockPlace } from './arena-seat.js';
import type { ArenaTerms } from './arena-terms.js';

/** The version of these messages. */
export const fleetVersion = 1;

const defaults = {
  maxLength: 400,
  /** Of an offer, in bytes. */
  maxOfferBytes: 512 * 1024,
} as const;

/** A run tells again and again that it is there, and what it plays. */
export interface FleetOffer {
  readonly fleet: typeof fleetVersion;
  /** Chosen by chance for each run, also where it goes on from a file. */
  readonly run: string;
  /** Of this package: another one may play its house bots, or its table, differently. */
  readonly version: string;
  readonly terms: Omit<ArenaTerms, 'bots'>;
  /** By bot: what tells its code apart from other code. */
  readonly digests: readonly string[];
  /** A worker that plays nothing of a block for so long has lost it. */
  readonly giveBackMs: number;
  /** Hands are sent beside what counts. */
  readonly withHands: boolean;
  /** Nothing more is to be played. */
  readonly isOver: boolean;
}

/** A block to be played. */
export interface FleetTask extends BlockPlace {
  readonly run: string;
  /** How often the run has sent it, from 1. */
  readonly attempt: number;
}

/** What became of a block. */
export type FleetReport = FleetTask & {
  readonly worker: string;
  readonly version: string;
} & (
    | { readonly played: PlayedBlock }
    /** `isTooLarge`: with its hands the server does not take it, whoever plays it. */
    | { readonly failure: string; readonly isTooLarge?: boolean }
  );

/** Why a worker plays nothing of a run. */
export interface FleetRefusal {
  readonly run: string;
  readonly worker: string;
  readonly why: string;
}

/** @param name that arenas and workers are found by. */
export const offerSubject = (name: string): string => `chipzen.${name}.arena.offer`;

export const refusalSubject = (name: string): string => `chipzen.${name}.arena.refusal`;

/** The queue of one run. */
export const fleetQueueOf = (
  name: string,
  { run, giveBackMs }: Pick<FleetOffer, 'run' | 'giveBackMs'>,
): { stream: string; prefix: string; giveBackMs: number } => ({
  stream: `chipzen-arena-${run}`,
  prefix: `chipzen.${name}.arena.${run}`,
  giveBackMs,
});

export const subjectOfBlock = (
  prefix: string,
  side: 'todo' | 'done',
  { pairing, block }: BlockPlace,
): string => `${prefix}.${side}.${pairing}.${block}`;

export const encoded = (message: FleetOffer | FleetTask | FleetReport | FleetRefusal): Uint8Array =>
  Buffer.from(JSON.stringify(message));

const isShort = (value: unknown): value is string =>
  isText(value) && value !== '' && value.length <= defaults.maxLength;

const isRun = (value: unknown): value is string => isText(value) && /^[0-9a-f]{12}$/.test(value);

function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString());
  } catch {
    return null;
  }
}

/** @returns null for what is no message of this kind: anyone who reaches the server can publish anything. */
export function readTask(data: Uint8Array): FleetTask | null {
  const value = parsed(data);
  if (!isObject(value)) return null;
  const { run, pairing, block, attempt } = value;
  if (!isRun(run) || !isWhole(pairing) || !isWhole(block) || !isWhole(attempt)) return null;
  return { run, pairing, block, attempt };
}

/** What was played is checked against the terms by `isRecordOf`. */
export function readReport(data: Uint8Array): FleetReport | null {
  const task = readTask(data);
  const value = parsed(data);
  if (task === null || !isObject(value)) return null;
  const { worker, version, played, failure, isTooLarge } = value;
  if (!isShort(worker) || !isShort(version)) return null;
  if (isText(failure)) {
    const why = failure.slice(0, defaults.maxLength);
    return { ...task, worker, version, failure: why, isTooLarge: isTooLarge === true };
  }
  if (!isObject(played)) return null;
  return { ...task, worker, version, played: played as unknown as PlayedBlock };
}

export function readRefusal(data: Uint8Array): FleetRefusal | null {
  const value = parsed(data);
  if (!isObject(value)) return null;
  const { run, worker, why } = value;
  return isRun(run) && isShort(worker) && isText(why)
    ? { run, worker, why: why.slice(0, defaults.maxLength) }
    : null;
}

/** An offer of any version, so that it can be told that it is of another one. */
export function readOffer(data: Uint8Array): FleetOffer | null {
  const value = data.length <= defaults.maxOfferBytes ? parsed(data) : null;
  if (!isObject(value)) return null;
  const { fleet, run, version, terms, digests, giveBackMs, withHands, isOver } = value;
  const isGood =
    isWhole(fleet) &&
    isRun(run) &&
    isShort(version) &&
    isObject(terms) &&
    Array.isArray(digests) &&
    digests.every(isShort) &&
    isWhole(giveBackMs) &&
    typeof withHands === 'boolean' &&
    typeof isOver === 'boolean';
  return isGood ? (value as unknown as FleetOffer) : null;
}
