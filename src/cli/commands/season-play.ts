/** `sandbox --season FILE`: a platform that plays a list of fixtures, and nothing else of its own. */
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { oddKindOf } from '../../files/file-kind.js';
import { count } from '../../io/reports/describe.js';
import { ConfigError, OptionError } from '../../protocol/errors.js';
import type { MatchEnd } from '../../protocol/frames.js';
import { printable } from '../../protocol/redact.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Season } from '../../sandbox/season/fixture-list.js';

const defaults = { maxBytes: 4 * 1024 * 1024, maxLineLength: 240 } as const;

/** @throws {ConfigError} for a file that cannot be read or is not JSON; what is in it, `schedule` checks. */
function readSeason(path: string): unknown {
  const shown = printable(path, defaults.maxLineLength);
  const refuse = (what: string) => new ConfigError(`${shown} ${what}.`, { path });
  let text: string;
  try {
    const stats = statSync(path);
    const kind = oddKindOf(stats);
    if (kind !== null) throw refuse(`is ${kind}, not a file. Give a JSON file with a list of fixtures`);
    if (stats.size > defaults.maxBytes) throw refuse('is too large for a list of fixtures (over 4 MiB)');
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    if (error instanceof TypeError) throw refuse('is not UTF-8 text');
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw refuse(`cannot be read (${code}). Give a JSON file with a list of fixtures`);
  }
  try {
    return JSON.parse(text);
  } catch {
    // The parser quotes the text, which may be a file with a token.
    throw refuse('is not JSON. A list of fixtures is {"fixtures": [...]}');
  }
}

/** What the command does with a season. */
export interface SeasonRun {
  /** What to print at the start. */
  readonly line: string;
  /**
   * Resolves when all fixtures, and the matches of an earlier run, are over, with the number of those that were walkovers
   * or did not end as they should.
   */
  played(): Promise<number>;
}

/**
 * Puts the fixtures on the platform.
 *
 * @param onPlayed called with the end of each match and what it was; returns whether it ended as it should.
 * @throws {OptionError} for a fixture that cannot be played, and when all of them are over already and no match of
 * an earlier run goes on.
 */
export function startSeason(
  platform: Sandbox,
  path: string,
  onPlayed: (what: string, end: MatchEnd) => boolean,
): SeasonRun {
  const season = readSeason(path);
  const shown = printable(path, defaults.maxLineLength);
  const schedule = () => {
    try {
      return platform.schedule(season as Season);
    } catch (error) {
      throw error instanceof OptionError ? new OptionError('season', `${shown}: ${error.message}`) : error;
    }
  };
  let left = Infinity;
  let failed = 0;
  const over = new AbortController();
  const finish = (isGood: boolean): void => {
    left -= 1;
    if (!isGood) failed += 1;
    if (left === 0) over.abort();
  };
  const forget = platform.on((event) => {
    if (event.type === 'fixture.walkover') finish(false);
    if (event.type === 'fixture.played') {
      void platform.result(event.matchId).then((end) => finish(onPlayed('fixture', end)));
    }
  });
  const earlier = platform.matches().filter(({ state }) => state !== 'ended');
  const { scheduled, past } = schedule();
  if (scheduled + earlier.length === 0) {
    forget();
    throw new OptionError('season', `${shown} has no fixture that is still to come.`);
  }
  left = scheduled + earlier.length;
  for (const { matchId } of earlier) {
    platform.result(matchId).then(
      (end) => finish(onPlayed('earlier match', end)),
      // The platform was closed before its end.
      () => undefined,
    );
  }
  const inPlay =
    earlier.length === 1
      ? '1 match of an earlier run goes on'
      : `${earlier.length} matches of an earlier run go on`;
  const goingOn = earlier.length === 0 ? '' : ` ${inPlay}.`;
  const times = scheduled === 1 ? 'its time' : 'their times';
  const toCome =
    scheduled === 0
      ? `No fixture of ${shown} is still to come.`
      : `${count(scheduled, 'fixture')} of ${shown} will be played at ${times}; a bot has to be online when its own opens.`;
  const late = past === 0 ? '' : ` ${past === 1 ? '1 is' : `${past} are`} over already and left out.`;
  return {
    line: `${toCome}${late}${goingOn}`,
    async played() {
      if (!over.signal.aborted) await once(over.signal, 'abort');
      forget();
      return failed;
    },
  };
}
