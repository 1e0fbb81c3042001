/** What a bot notes about its decision: data, however the bot goes on with the object. */
import { isObject } from '../../protocol/checks.js';
import type { JsonObject } from '../../protocol/frames.js';
import { sizeOf } from '../../protocol/size-of.js';

const defaults = {
  /** UTF-16 units of JSON that the notes of one turn may have. */
  maxLength: 16 * 1024,
  /** The most memory that notes of this length take. */
  maxBytes: 1024 * 1024,
} as const;

/** The notes of one turn, together. */
export interface BotNotes {
  readonly data: JsonObject;
  /** Of their JSON, in UTF-16 units. */
  readonly length: number;
}

/**
 * The notes with one more.
 *
 * @throws {TypeError | RangeError} for what cannot be kept.
 */
export function withNote(notes: BotNotes | null, note: unknown): BotNotes {
  if (!isObject(note))
    throw new TypeError('turn.note takes an object, such as { equity: 0.4 }. It was not kept.');
  const json = JSON.stringify(note) as string | undefined;
  const copy: unknown = json === undefined ? null : JSON.parse(json);
  if (json === undefined || !isObject(copy))
    throw new TypeError('What turn.note was given is no object in JSON. It was not kept.');
  const length = (notes?.length ?? 0) + json.length;
  if (length > defaults.maxLength) {
    throw new RangeError(
      `The notes of a turn may have ${defaults.maxLength} characters of JSON, and with this one they have ${length}. It was not kept.`,
    );
  }
  return { data: notes === null ? copy : { ...notes.data, ...copy }, length };
}

/** Whether notes that come from a thread, a process or another machine can be kept. */
export const isNote = (value: unknown): boolean =>
  value === undefined || (isObject(value) && sizeOf(value) <= defaults.maxBytes);
