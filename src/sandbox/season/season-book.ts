/** The fixtures of a season: they open on their minute, whoever is there (docs/protocol.md 7). */
import { randomUUID } from 'node:crypto';
import { createRandom } from '../../chance/random.js';
import { houseBotNames } from '../../house/house-bot-names.js';
import { OptionError, StateWriteError } from '../../protocol/errors.js';
import type { FixtureRow } from '../../protocol/http-answers.js';
import type { Timer, Timers } from '../../time/timers.js';
import type { Lobby } from '../doors/lobby-door.js';
import type { MatchRun } from '../match/match-run.js';
import type { Matches } from '../match/matches.js';
import type { Accounts } from '../memory/accounts.js';
import { housePlayer, type Player } from '../terms/players.js';
import type { EmitSandbox } from '../terms/sandbox-events.js';
import type { Settings } from '../terms/sandbox-options.js';
import { type FixtureOrder, fixturesOf } from './fixture-list.js';

const defaults = {
  /** The longest wait for the next mark: the wall clock may be set meanwhile, or the machine sleep. */
  tickMs: 30_000,
  /** How long a fixture waits for its bots, in three parts that begin with a dispatch each. */
  waitMs: 90_000,
  kicks: 3,
  /** From the beginning of such a part to its dispatch. */
  lagMs: [900, 14_000],
  /** How long a match that could not be written waits for room. */
  retryMs: 1_000,
} as const;

/** A side of a fixture. */
type Side = { readonly name: string; readonly botId: string | null };

interface Fixture extends FixtureOrder {
  readonly fixtureId: string;
  readonly sides: readonly [Side, Side];
}

export interface SeasonBook {
  /**
   * Adds fixtures; those whose bots nobody would wait for any more, and those of an earlier run that were played or are,
   * are left out.
   *
   * @returns how many were added, and how many were left out.
   * @throws {OptionError} for a fixture that cannot be played; then none is added.
   */
  readonly schedule: (season: unknown) => { scheduled: number; past: number };
  /** The fixtures of a bot that have not opened, the next one first. */
  readonly upcoming: (botId: string) => FixtureRow[];
}

export interface SeasonOptions {
  settings: Settings;
  /** Fixtures of an earlier run of the platform, by `keyOf`. */
  played: ReadonlySet<string>;
  timers: Timers;
  accounts: Accounts;
  lobby: Pick<Lobby, 'isOnline'>;
  matches: Pick<Matches, 'nextSeed' | 'start' | 'result'>;
  emit: EmitSandbox;
}

export function createSeason(options: SeasonOptions): SeasonBook {
  const { settings, played, timers, accounts, lobby, matches, emit } = options;
  const { scale } = settings;
  const random = createRandom(`season:${settings.seed}`);
  const partMs = scale.clock(defaults.waitMs / defaults.kicks);
  /** The next one first. */
  let scheduled: Fixture[] = [];
  let tick: Timer | null = null;

  const wallNow = (): number => timers.onWallClock(timers.now());

  // --- the list ---

  /** @param where the fixture, for errors. */
  function sideOf(selector: string, where: string): Side {
    const named = accounts.bots().filter(({ name }) => name === selector);
    const bot = accounts.bot(selector) ?? named[0];
    if (named.length > 1) {
      throw new OptionError(
        'season',
        `${where}: several bots are called ${selector}; name the one you mean by its id.`,
      );
    }
    if (bot !== undefined) return bot;
    if (houseBotNames.some((name) => name === selector)) return { name: selector, botId: null };
    const known = [...accounts.bots().map(({ name }) => name), ...houseBotNames].slice(0, 20).join(', ');
    throw new OptionError('season', `${where}: there is no bot ${selector}; there are ${known}.`);
  }

  function prepare(order: FixtureOrder, index: number): Fixture {
    const where = `fixtures[${index}]`;
    const first = accounts.bots()[0]?.botId;
    if (order.bot === null && first === undefined) {
      throw new OptionError('season', 'Add a bot before its fixtures.');
    }
    const sides = [sideOf(order.bot ?? first ?? '', where), sideOf(order.opponent, where)] as const;
    if (sides[0].botId === null) {
      throw new OptionError(
        'season',
        `${where}: bot_name must be a bot of this platform, and ${sides[0].name} is a house bot.`,
      );
    }
    if (sides[0].botId === sides[1].botId) {
      throw new OptionError('season', `${where}: ${sides[0].name} cannot have a fixture against itself.`);
    }
    return { ...order, fixtureId: randomUUID(), sides };
  }

  function watch(): void {
    tick?.cancel();
    const [next] = scheduled;
    if (next === undefined) return;
    const untilMs = Math.max(0, next.startsAt - wallNow());
    tick = timers.after(Math.min(defaults.tickMs, untilMs), () => {
      const due = scheduled.filter(({ startsAt }) => startsAt <= wallNow());
      scheduled = scheduled.slice(due.length);
      watch();
      for (const fixture of due) open(fixture);
    });
  }

  // --- one fixture ---

  function open(fixture: Fixture): void {
    const { fixtureId, sides } = fixture;
    emit({ type: 'fixture.opened', fixtureId, players: namesOf(sides) });
    kick(fixture, 1, timers.now());
  }

  /** @param openedAt on the timers' clock. */
  function kick(fixture: Fixture, count: number, openedAt: number): void {
    const [from, to] = defaults.lagMs;
    timers.after(scale.delay(Math.round(from + random() * (to - from))), () => {
      const { fixtureId, sides } = fixture;
      const players = namesOf(sides);
      const missing = namesOf(sides.filter((side) => !isHere(side)));
      emit({ type: 'fixture.kicked', fixtureId, players, kick: count, missing });
      const goOn = (came: readonly Side[]): void => {
        const partEndsMs = Math.max(0, openedAt + count * partMs - timers.now());
        timers.after(partEndsMs, () => {
          if (count < defaults.kicks) kick(fixture, count + 1, openedAt);
          else emit({ type: 'fixture.walkover', fixtureId, players, winner: winnerOf(came) });
        });
      };
      if (missing.length > 0) goOn(sides.filter(isHere));
      else dispatch(fixture, goOn);
    });
  }

  /** A state file without room is nobody's absence: the match waits for it. */
  function dispatch(fixture: Fixture, goOn: (came: readonly Side[]) => void): void {
    let run: MatchRun;
    try {
      run = seat(fixture);
    } catch (error) {
      if (!(error instanceof StateWriteError)) throw error;
      timers.after(defaults.retryMs, () => dispatch(fixture, goOn));
      return;
    }
    void follow(fixture, run, goOn);
  }

  const isHere = ({ botId }: Side): boolean => botId === null || lobby.isOnline(botId);

  function seat(fixture: Fixture): MatchRun {
    const { sides, decisionClockSeconds } = fixture;
    const seed = matches.nextSeed();
    const players = sides.map(({ name, botId }, index): Player => {
      const bot = botId === null ? undefined : accounts.bot(botId);
      return bot === undefined ? housePlayer(name, `${index}:${seed}`) : { kind: 'remote', bot };
    });
    const decisionTimeoutMs = scale.clock(Math.round(decisionClockSeconds * 1_000));
    return matches.start(players, {
      seed,
      origin: 'fixture',
      fixture: keyOf(fixture),
      rated: true,
      decisionTimeoutMs,
      isAskedFor: false,
    });
  }

  /** A match that a bot did not sit down to was not played. */
  async function follow(
    { fixtureId, sides }: Fixture,
    { matchId, remoteSeats }: MatchRun,
    goOn: (came: readonly Side[]) => void,
  ): Promise<void> {
    const end = await matches.result(matchId).catch(() => null);
    if (end === null) return;
    if (end.reason !== 'cancelled') {
      emit({ type: 'fixture.played', fixtureId, matchId });
      return;
    }
    const absent = remoteSeats.filter(({ hasJoined }) => !hasJoined).map(({ botId }) => botId);
    goOn(sides.filter(({ botId }) => botId === null || !absent.includes(botId)));
  }

  return {
    schedule(season) {
      const orders = fixturesOf(season, wallNow());
      const given = orders.map(prepare);
      const isOpen = (fixture: Fixture) =>
        fixture.startsAt + defaults.waitMs > wallNow() && !played.has(keyOf(fixture));
      const added = given.filter(isOpen);
      scheduled = [...scheduled, ...added].toSorted((one, other) => one.startsAt - other.startsAt);
      watch();
      return { scheduled: added.length, past: given.length - added.length };
    },
    upcoming: (botId) =>
      scheduled.flatMap(({ sides, startsAt, decisionClockSeconds, stage, round }): FixtureRow[] => {
        const own = sides.findIndex((side) => side.botId === botId);
        const opponent = sides[1 - own];
        if (own < 0 || opponent === undefined) return [];
        return [
          {
            starts_at: new Date(startsAt).toISOString().replace('.000Z', 'Z'),
            opponent_bot_name: opponent.name,
            decision_clock_seconds: decisionClockSeconds,
            stage,
            round,
            status: 'scheduled',
          },
        ];
      }),
  };
}

/** The same in each run of the platform. */
function keyOf({ startsAt, sides }: Fixture): string {
  return [new Date(startsAt).toISOString(), ...sides.map(({ name, botId }) => botId ?? name)].join(' ');
}

function namesOf(sides: readonly Side[]): string[] {
  return sides.map(({ name }) => name);
}

/** A fixture that neither side came to has no winner. */
function winnerOf(came: readonly Side[]): string | null {
  return came.length === 1 ? (came[0]?.name ?? null) : null;
}
