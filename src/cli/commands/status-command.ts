/** `chipzen-agent status`: says how a session stands, from the file that it keeps. */
import { printable, visibleJson } from '../../protocol/redact.js';
import { readStatus } from '../../status/read-status.js';
import { judgeStatus } from '../../status/status-verdict.js';
import { systemClock, type WorldClock } from '../../time/clock.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { changeKey, changeLine, type Looked, statusLines } from './status-lines.js';

const defaults = { lookMs: 1_000, maxLineLength: 1_000 } as const;

export interface StatusFlags {
  watch?: boolean;
  /** Milliseconds. */
  maxAge?: number;
  json?: boolean;
}

/**
 * @param clock of the looks of `--watch`, and of ages.
 * @returns the exit code: that of the verdict, the last one with `--watch`.
 */
export async function showStatus(
  path: string,
  { watch = false, maxAge = 60_000, json = false }: StatusFlags,
  io: Terminal,
  clock: WorldClock = systemClock,
): Promise<number> {
  const look = (): Looked => {
    const now = clock.wallNow?.() ?? clock.now();
    const read = readStatus(path);
    return { read, verdict: judgeStatus(read, now, maxAge), now };
  };
  const print = (line: string): void =>
    printLine(io.stdout, printable(line, defaults.maxLineLength, io.redact));
  const tell = (looked: Looked): void => {
    if (json) printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(asJson(looked)))));
    else if (watch) print(changeLine(looked));
    else for (const line of statusLines(looked)) print(line);
  };

  let looked = look();
  tell(looked);
  if (!watch) return looked.verdict.code;
  return new Promise((resolve) => {
    const again = (): void => {
      const next = look();
      if (changeKey(next) !== changeKey(looked)) tell(next);
      looked = next;
      timer = clock.setTimeout(again, defaults.lookMs);
    };
    let timer = clock.setTimeout(again, defaults.lookMs);
    const release = io.onSignal(() => {
      clock.clearTimeout(timer);
      release();
      resolve(looked.verdict.code);
    });
  });
}

function asJson({ read, verdict, now }: Looked): object {
  const { status } = read;
  return { ...verdict, ageMs: status === null ? null : Math.round(now - status.writtenAt), status };
}
