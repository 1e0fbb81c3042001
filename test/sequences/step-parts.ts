/** What steps have in common: whom they are about, and when they can be done. */
import fc from 'fast-check';
import { type Model, type Step, type StepOptions, step, type Tally } from './command.js';
import type { Guest } from './guest.js';
import type { Scene } from './scene.js';

export const who = fc.nat({ max: 1 });
export const nth = fc.nat({ max: 5 });

/** The newest session of an account, for steps that need one. */
export function guestOf({ guests, accounts }: Scene, account: number): Guest | undefined {
  return guests.findLast((guest) => guest.account.botId === accounts[account]?.botId);
}

export function matchOf({ matches }: Scene, index: number): string {
  return matches[index % Math.max(1, matches.length)] ?? '';
}

/** Runs what needs a seat; nothing happens to a bot that has none. */
export function atSeat(
  scene: Scene,
  index: number,
  account: number,
  run: (matchId: string, botId: string) => void,
): void {
  const matchId = matchOf(scene, index);
  const botId = scene.accounts[account]?.botId ?? '';
  const match = scene.sandbox.matches().find((one) => one.matchId === matchId);
  if (match?.seats.some((seat) => seat.botId === botId) === true) run(matchId, botId);
}

export const hasSession = ({ sessions }: Readonly<Model>, args: { who: number }): boolean =>
  (sessions[args.who] ?? 0) > 0;
export const hasMatch = ({ matches }: Readonly<Model>): boolean => matches > 0;

export function define<T>(
  options: StepOptions<T>,
): (tally: Tally) => { name: string; arbitrary: fc.Arbitrary<Step> } {
  return (tally) => ({ name: options.name, arbitrary: step(options, tally) });
}
