/**
 * A session that does not count its day still tells what became of a match that a command has asked for beside it: a claim that
 * stays open would refuse the next challenge, and its match would be counted nowhere.
 */
import { existsSync } from 'node:fs';
import { withMatchOf } from '../budget/claims.js';
import { dayPathOf } from '../budget/day-file.js';
import { type DayKeeper, openDayKeeper } from '../budget/day-keeper.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { AgentEvent } from '../protocol/events.js';

export interface ClaimSettlerOptions {
  lobbyUrl: string;
  env: EnvironmentVariables;
  /** Epoch milliseconds of the wall clock. */
  wallNow: () => number;
  onTrouble: (message: string) => void;
}

export interface ClaimSettler {
  readonly onEvent: ((event: AgentEvent) => void) & { hears: ReadonlySet<'match.announced'> };
  /** Resolves when the day book has it. */
  close(): Promise<void>;
}

export function settleClaims({ lobbyUrl, env, wallNow, onTrouble }: ClaimSettlerOptions): ClaimSettler {
  const path = dayPathOf(lobbyUrl, env);
  let keeper: DayKeeper | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const settle = (matchId: string, rated: boolean): void => {
    // Where no command was used there is no day book, and none is made.
    if (!existsSync(path)) return;
    const day = keeper ?? openDayKeeper({ path, isUsual: true, wallNow, onTrouble });
    keeper = day;
    const at = Math.round(wallNow());
    last = day
      .refresh()
      .then(({ claims }) =>
        claims.length === 0
          ? undefined
          : day.change((book) =>
              book.claims.length === 0 ? book : withMatchOf(book, { matchId, rated, at }),
            ),
      );
  };

  const onEvent = (event: AgentEvent): void => {
    if (event.type === 'match.announced') settle(event.matchId, event.rated);
  };
  return {
    onEvent: Object.assign(onEvent, { hears: new Set(['match.announced'] as const) }),
    async close() {
      await last;
      await keeper?.close();
    },
  };
}
