/** Hands on a terminal, one at a time, with keys. */
import { chipsOf } from '../../histories/hand-chips.js';
import type { HandHistory } from '../../histories/hand-history.js';
import type { Keys } from '../surroundings/keys.js';
import type { Screen, Terminal } from '../surroundings/surroundings.js';
import { handLines } from './hand-lines.js';

const escape = '\u001b[';
const enter = `${escape}?1049h${escape}?25l`;
const leave = `${escape}?25h${escape}?1049l`;
const clear = `${escape}H${escape}2J`;

const keyHelp = [
  'right, space, n   the next hand',
  'left, p           the one before',
  'b, B              the next biggest pot, the next bigger one',
  'home, end         the first, the last',
  '1 2 3 ... enter   the hand of this number in the match, or from the first on',
  'q, Ctrl-C         the end',
] as const;

/** Where the player is, and what a key makes of it. */
export interface PlayerState {
  /** Among the hands, from 0. */
  readonly position: number;
  /** Digits that were typed. */
  readonly typed: string;
  /** The key before went from pot to pot. */
  readonly isAmongPots: boolean;
  readonly isHelpShown: boolean;
  readonly isOver: boolean;
}

export const firstPlayerState: PlayerState = {
  position: 0,
  typed: '',
  isAmongPots: false,
  isHelpShown: false,
  isOver: false,
};

export interface PlayedHandList {
  readonly hands: readonly HandHistory[];
  /** Positions of the hands, the biggest pot first. */
  readonly byPot: readonly number[];
}

export function handList(hands: readonly HandHistory[]): PlayedHandList {
  // The match of a hand has its own blinds: what is big is counted in them.
  const pots = hands.map((hand) => chipsOf(hand).pot / Math.max(1, hand.level.bigBlind));
  const byPot = [...hands.keys()].toSorted((a, b) => (pots[b] ?? 0) - (pots[a] ?? 0));
  return { hands, byPot };
}

/** @param key its name, or the character of it. */
export function pressKey(state: PlayerState, key: string, { hands, byPot }: PlayedHandList): PlayerState {
  const { position, typed } = state;
  const plain = { ...state, typed: '', isAmongPots: false, isHelpShown: false };
  const at = (next: number): PlayerState => ({
    ...plain,
    position: Math.min(hands.length - 1, Math.max(0, next)),
  });
  const rank = byPot.indexOf(position);
  // From a hand that was not looked at for its pot the way begins at the biggest one.
  const toPot = (next: number): PlayerState => ({
    ...at(byPot[state.isAmongPots ? next : 0] ?? position),
    isAmongPots: true,
  });
  switch (key) {
    case 'right':
    case ' ':
    case 'n':
      return at(position + 1);
    case 'left':
    case 'p':
      return at(position - 1);
    case 'home':
      return at(0);
    case 'end':
      return at(hands.length - 1);
    case 'b':
      return toPot(rank + 1);
    case 'B':
      return toPot(rank - 1);
    case 'enter':
      return typed === '' ? at(position + 1) : at(positionOf(Number(typed), position, hands));
    case '?':
    case 'h':
      return { ...plain, isHelpShown: true };
    case 'q':
    case 'ctrl-c':
    case 'escape':
      return { ...plain, isOver: true };
    default:
      return /^\d$/.test(key) && typed.length < 9 ? { ...plain, typed: typed + key } : plain;
  }
}

/** The next hand of this number after the one that is shown, or else the first of all. */
function positionOf(number: number, position: number, hands: readonly HandHistory[]): number {
  const isIt = ({ handNumber }: HandHistory): boolean => handNumber === number;
  const after = hands.findIndex((hand, index) => index > position && isIt(hand));
  const found = after >= 0 ? after : hands.findIndex(isIt);
  if (found >= 0) return found;
  return hands.every(({ handNumber }) => handNumber === null) ? number - 1 : position;
}

/** What the terminal shows. */
export function playerLines(
  { position, typed, isHelpShown }: PlayerState,
  { hands, byPot }: PlayedHandList,
  { redact, columns, rows }: { redact: Terminal['redact']; columns: number; rows: number },
): string[] {
  const hand = hands[position];
  if (isHelpShown || hand === undefined) return [...keyHelp];
  const rank = byPot.indexOf(position) + 1;
  const foot =
    typed === ''
      ? `${position + 1} of ${hands.length}, pot ${rank} by size; n next, p before, b biggest pots, ? keys, q end`
      : `hand ${typed}, and enter`;
  const lines = handLines(hand, redact, columns - 1).slice(0, Math.max(1, rows - 2));
  return [...lines, '', foot.slice(0, columns - 1)];
}

/** Shows the hands until a key ends it. */
export function playHandsOn(
  screen: Screen,
  keys: Keys,
  hands: readonly HandHistory[],
  io: Terminal,
): Promise<void> {
  const list = handList(hands);
  let state = firstPlayerState;
  return new Promise((resolve) => {
    const draw = (): void => {
      const lines = playerLines(state, list, { redact: io.redact, ...screen.size() });
      lease.write(`${clear}${lines.join('\r\n')}`);
    };
    const close = (): void => {
      forgetKeys();
      forgetSignals();
      lease.write(leave);
      lease.release();
      resolve();
    };
    const lease = screen.take({
      onText: () => undefined,
      onResize: draw,
      onFlow: () => undefined,
      onSuspend: () => lease.write(leave),
      onResume() {
        lease.write(enter);
        draw();
      },
      onExit: () => lease.write(leave),
    });
    const forgetSignals = io.onSignal(close);
    const forgetKeys = keys.listen((key) => {
      state = pressKey(state, key, list);
      if (state.isOver) close();
      else draw();
    });
    lease.write(enter);
    draw();
  });
}
