/** Standard output of a command: lines for people, or with `--json` the same as events, one a line. */
import { Option } from 'commander';
import { jsonVoice } from '../../io/output/voice.js';
import { eventJson } from '../../io/reports/event-json.js';
import { visibleJson } from '../../protocol/redact.js';
import { systemNow } from '../../time/clock.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';

export interface OutputFlags {
  json?: boolean;
}

interface AnyEvent {
  readonly type: string;
}

/** Its field `at`, in epoch milliseconds of the wall clock, is added where it is missing; all fields are printed. */
type ToldEvent = AnyEvent | (AnyEvent & Readonly<Record<string, unknown>>);

export interface CommandOutput {
  /** Prints the event with `--json`, else these lines: a warning (`warning: ...`) on standard error, others on output. */
  tell(event: ToldEvent, lines?: string | readonly string[] | null): void;
  /**
   * The same for an event with a token that the user needs: other events are printed without what looks like one.
   */
  tellSecret(event: ToldEvent, lines: readonly string[]): void;
}

export const jsonFlag = (): Option => new Option('--json', 'one event per line as JSON on standard output');

export function openCommandOutput({ json }: OutputFlags, io: Terminal): CommandOutput {
  if (json !== true) {
    const print = (lines: string | readonly string[] | null = null): void => {
      for (const line of [lines ?? []].flat())
        printLine(line.startsWith('warning:') ? io.stderr : io.stdout, line);
    };
    return { tell: (_event, lines) => print(lines), tellSecret: (_event, lines) => print(lines) };
  }
  io.speak?.('stdout', jsonVoice(systemNow));
  return {
    tell: (event) => printLine(io.stdout, visibleJson(io.mask.json(textOf(event)))),
    tellSecret: (event) => printLine(io.stdout, visibleJson(textOf(event))),
  };
}

const textOf = (event: ToldEvent): string => eventJson('at' in event ? event : { ...event, at: Date.now() });
