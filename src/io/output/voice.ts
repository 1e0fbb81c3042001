/** The reports of an output about itself, in the format of its other lines. */
import { count } from '../reports/describe.js';

export type OutputEvent =
  /** Written in place of lines that were dropped. */
  | { type: 'output.dropped'; lines: number }
  /** Written to the other stream: writing to this one fails. */
  | { type: 'output.failing'; stream: 'stdout' | 'stderr'; code: string }
  /** Written to the other stream at the end: these lines were not taken. */
  | { type: 'output.lost'; stream: 'stdout' | 'stderr'; lines: number };

/** @returns one line, without its end. */
export type Voice = (event: OutputEvent) => string;

const names = { stdout: 'standard output', stderr: 'standard error' } as const;

/** As a sentence for people. */
export const plainVoice: Voice = (event) => `warning: ${sentenceOf(event)}`;

/** As a line of `--json`. */
export const jsonVoice =
  (now: () => number): Voice =>
  (event) =>
    JSON.stringify({ ...event, at: now() });

/** As a line of the log. */
export const logVoice =
  (now: () => number): Voice =>
  ({ type, ...fields }) =>
    JSON.stringify({
      level: 40,
      time: Math.round(now()),
      event: type,
      ...fields,
      msg: sentenceOf({ type, ...fields } as OutputEvent),
    });

function sentenceOf(event: OutputEvent): string {
  switch (event.type) {
    case 'output.dropped':
      return `${count(event.lines, 'line')} missing here: not taken in time`;
    case 'output.failing':
      return `${names[event.stream]} cannot be written to (${event.code}); going on, and lines that it misses are counted there`;
    case 'output.lost':
      return `${count(event.lines, 'line')} of ${names[event.stream]} lost: not taken until the end`;
  }
}
