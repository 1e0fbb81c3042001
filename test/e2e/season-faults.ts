/** What happens to a machine in a season week, around its fixtures and at night: the same to ours and to the naive one. */
import { minuteMs } from '../season/example-fixtures.js';
import type { League } from './season-league.js';
import type { Machine } from './season-machine.js';

const secondMs = 1_000;
const hourMs = 60 * minuteMs;

/** A service unit starts a process again so much later. */
const restartMs = 5 * secondMs;

/** Around the mark of a fixture, one after the other. */
const nearFixtures: readonly ((league: League, name: string, machine: Machine, mark: number) => void)[] = [
  (league, _name, machine, mark) => killAt(league, machine, mark - 5 * minuteMs),
  // The first hand is being played.
  (league, _name, machine, mark) => killAt(league, machine, mark + 40 * secondMs),
  // It wakes when the platform has waited for it for 20 s.
  (league, _name, machine, mark) => sleepAt(league, machine, mark + 20 * secondMs - hourMs, hourMs),
  (league, _name, machine, mark) => sleepAt(league, machine, mark - 90 * minuteMs, hourMs),
  (league, _name, machine, mark) => killAt(league, machine, mark - 3 * secondMs),
  // The socket looks open, and the platform takes the bot for offline.
  (league, name, _machine, mark) =>
    league.at(mark - 3 * minuteMs, () => league.sandbox.control.forgetLobby(league.accountOf(name).botId)),
  (league, _name, machine, mark) => {
    league.at(mark - 4 * minuteMs, () => machine.cut());
    league.at(mark - minuteMs, () => machine.mend());
  },
];

export function killAt(league: League, machine: Machine, time: number): void {
  league.at(time, () => machine.kill());
  league.at(time + restartMs, () => machine.start());
}

export function sleepAt(league: League, machine: Machine, time: number, forMs: number): void {
  league.at(time, () => machine.sleep());
  league.at(time + forMs, () => machine.wake());
}

/** @param turn which fault comes first. */
export function disturbFixtures(
  league: League,
  name: string,
  machine: Machine,
  { marks, turn }: { marks: readonly number[]; turn: number },
): void {
  for (const [index, mark] of marks.entries())
    nearFixtures[(index + turn) % nearFixtures.length]?.(league, name, machine, mark);
}

/** The platform goes down for a minute: whoever dials meanwhile gets a 503. */
export function restartPlatformAt(league: League, time: number): void {
  league.at(time, () => league.sandbox.control.restart({ downMs: minuteMs }));
}
