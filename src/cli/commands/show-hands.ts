/** `chipzen-agent replay` without a bot: shows hands, on a terminal one by one. */

import { readCollection } from '../../histories/collection/read-collection.js';
import { chipsOf } from '../../histories/hand-chips.js';
import type { HandHistory } from '../../histories/hand-history.js';
import { count } from '../../io/reports/describe.js';
import { printable, visibleJson } from '../../protocol/redact.js';
import type { HandRange } from '../../replay/replay-options.js';
import { liveScreenOf } from '../live/live-terminal.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { whyNoHand } from './hand-files.js';
import { handLines } from './hand-lines.js';
import { playHandsOn } from './hand-player.js';

/** Which hands, and how they are printed. */
export interface ShownHandFlags {
  hero?: string;
  opponent?: string;
  hands?: HandRange[];
  worst?: number;
  json?: boolean;
}

/**
 * @returns the exit code: 1 when there was no hand to show.
 * @throws {OptionError} for a path that leads nowhere.
 */
export async function showHands(
  paths: readonly string[],
  flags: ShownHandFlags,
  io: Terminal,
): Promise<number> {
  const screen = liveScreenOf(io);
  const controller = new AbortController();
  const forget = io.onSignal(() => controller.abort());
  const isInTurn = flags.worst === undefined && (flags.json === true || screen === undefined || !io.keys);
  const kept: HandHistory[] = [];
  let shown = 0;
  try {
    for await (const hand of chosenOf(paths, flags, controller.signal, io)) {
      if (isInTurn) printHand(hand, { isFirst: shown === 0, flags, io });
      else kept.push(hand);
      shown += 1;
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    forget();
  }
  const hands = worstOf(kept, flags.worst);
  if (!isInTurn && flags.json !== true && screen !== undefined && io.keys !== undefined && hands.length > 0)
    await playHandsOn(screen, io.keys, hands, io);
  else for (const [index, hand] of hands.entries()) printHand(hand, { isFirst: index === 0, flags, io });
  if (shown === 0) printLine(io.stderr, printable(whyNoHand(flags), 400, io.redact));
  return shown > 0 && !controller.signal.aborted ? exitCodes.done : exitCodes.failed;
}

function printHand(
  hand: HandHistory,
  { isFirst, flags, io }: { isFirst: boolean; flags: ShownHandFlags; io: Terminal },
): void {
  if (flags.json === true) {
    printLine(io.stdout, visibleJson(io.mask.json(JSON.stringify(hand))));
    return;
  }
  if (!isFirst) printLine(io.stdout, '');
  for (const line of handLines(hand, io.redact, io.screen?.size().columns)) printLine(io.stdout, line);
}

const isNamed = (name: string, wanted: string): boolean => name.toLowerCase() === wanted.toLowerCase();

async function* chosenOf(
  paths: readonly string[],
  { hero, opponent, hands: ranges }: ShownHandFlags,
  signal: AbortSignal,
  io: Terminal,
): AsyncGenerator<HandHistory, void, undefined> {
  const collection = readCollection(paths, { signal });
  for await (const { hands, players } of collection) {
    if (opponent !== undefined && !players.some(({ name }) => isNamed(name, opponent))) continue;
    for (const hand of hands) {
      const { handNumber } = hand;
      const isWanted =
        ranges === undefined ||
        ranges.some(([first, last]) => handNumber !== null && handNumber >= first && handNumber <= last);
      if (!isWanted) continue;
      const seat =
        hero === undefined
          ? hand.hero
          : (hand.seats.find(({ seat: number, name }) => isNamed(name, hero) || String(number) === hero)
              ?.seat ?? null);
      yield { ...hand, hero: seat };
    }
  }
  const refused = collection.reports.reduce((sum, report) => sum + report.refused.length, 0);
  if (refused > 0)
    printLine(io.stderr, `${count(refused, 'hand')} could not be read: chipzen-agent import says why.`);
  for (const { file, why } of collection.unread)
    printLine(io.stderr, printable(`${file}: ${why}`, 300, io.redact));
}

/** Those that cost the bot's seat most; where nobody is the bot, the biggest pots. */
function worstOf(hands: readonly HandHistory[], worst: number | undefined): readonly HandHistory[] {
  if (worst === undefined) return hands;
  return hands.toSorted((a, b) => costOf(b) - costOf(a)).slice(0, worst);
}

function costOf(hand: HandHistory): number {
  const own = hand.seats.find(({ seat }) => seat === hand.hero);
  if (own === undefined) return chipsOf(hand).pot;
  return (own.stack ?? 0) - (own.stackAfter ?? own.stack ?? 0);
}
