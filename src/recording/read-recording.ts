/** Reads recordings and their results (docs/records.md). Everything that works on recorded matches begins here. */
import { isObject, isText } from '../protocol/checks.js';
import { ConfigError } from '../protocol/errors.js';
import { jsonBatches, jsonLines, type LineCounts, noLines } from './json-lines.js';
import {
  type RecordedResult,
  type RecordingHeader,
  type RecordingRecord,
  recordingSchema,
} from './recording-shape.js';

/** One match as it was recorded: a file of records, read as they are asked for. */
export interface Recording {
  readonly path: string;
  /** The first one; null when the first record is none. A file that several processes wrote has more among its records. */
  readonly header: RecordingHeader | null;
  /**
   * All records, headers included, from the beginning at each iteration. Types of records that are not known are passed on:
   * a newer version may have written them.
   */
  records(): AsyncIterable<RecordingRecord>;
  /** Of the last iteration; they are final when it is over. */
  readonly counts: LineCounts;
}

/**
 * Opens a recording. Nothing is held open between iterations, and a file of any size takes little memory.
 *
 * @throws {ConfigError} for a recording of a schema that this version does not know.
 * @throws the system's error when the file cannot be read.
 */
export async function readRecording(path: string): Promise<Recording> {
  let counts = noLines();
  const records = (): AsyncGenerator<RecordingRecord, void, undefined> => {
    counts = noLines();
    return jsonLines(path, { isKnown: isRecord, isRestart: isHeader }, counts);
  };
  let header: RecordingHeader | null = null;
  for await (const record of records()) {
    if (isHeader(record)) header = record;
    break;
  }
  const newer = header === null ? null : newerSchema(path, header);
  if (newer !== null) throw new ConfigError(newer, { path });
  return {
    path,
    header,
    records,
    get counts() {
      return counts;
    },
  };
}

/**
 * All records of a recording, some thousand at a time, for whoever reads many.
 *
 * @param counts filled meanwhile.
 * @throws the system's error when the file cannot be read.
 */
export function recordBatches(path: string, counts: LineCounts): AsyncIterable<RecordingRecord[]> {
  return jsonBatches(path, { isKnown: isRecord, isRestart: isHeader }, counts);
}

/** A sentence on a recording of a schema that this version does not know; null for others. */
export function newerSchema(path: string, { schema, package: writer }: RecordingHeader): string | null {
  if (schema <= recordingSchema) return null;
  return `${path} is of schema ${schema}, and this version of chipzen-agent reads up to ${recordingSchema}. Read it with chipzen-agent ${writer} or later.`;
}

/** The results of a folder, read again at each iteration. `counts` are those of the last one. */
export interface RecordedResults {
  results(): AsyncIterable<RecordedResult>;
  readonly counts: LineCounts;
}

/** The results of a folder, the oldest first; a match that was given up and played on later has several. */
export function readResults(path: string): RecordedResults {
  let counts = noLines();
  return {
    results() {
      counts = noLines();
      return jsonLines(path, { isKnown: isResult, isRestart: () => true }, counts);
    },
    get counts() {
      return counts;
    },
  };
}

/**
 * The one that counts of a match and a bot, the oldest first: the last one, but what a session saw itself before what it was
 * told, as two sessions may look at one end. Null: there is none.
 */
export function lastResult(results: readonly RecordedResult[]): RecordedResult | null {
  const seen = results.findLast(({ netChips, toldBy }) => netChips !== null && toldBy === undefined);
  const last = results.at(-1);
  return (last?.toldBy === undefined ? last : (seen ?? last)) ?? null;
}

function isRecord(value: unknown): value is RecordingRecord {
  return isObject(value) && isText(value.type) && (value.type !== 'header' || Number.isInteger(value.schema));
}

const isHeader = (record: RecordingRecord): record is RecordingHeader => record.type === 'header';

function isResult(value: unknown): value is RecordedResult {
  return isObject(value) && isText(value.matchId) && Number.isInteger(value.schema);
}
