/** Makes the rows of a match: one for each bot of ours that played in it. */

import { adjustedNetOf } from '../histories/adjusted-net.js';
import type { CollectedMatch, MatchView } from '../histories/collection/collected-match.js';
import { chipsOf } from '../histories/hand-chips.js';
import type { HandHistory } from '../histories/hand-history.js';
import type { RecordedResult, RecordingHeader } from '../recording/recording-shape.js';
import type { LedgerHand, LedgerRow, LeftOutHand, PlayedVersion } from './ledger-row.js';

export interface MatchEntries {
  readonly matchId: string;
  /** Empty: no bot of ours is known to have played, as in a platform's own recording. */
  readonly rows: readonly LedgerRow[];
  readonly hands: readonly LedgerHand[];
  readonly leftOut: readonly LeftOutHand[];
}

export function entriesOf(match: CollectedMatch): MatchEntries {
  const matchId = match.matchId ?? 'unknown';
  const views = [match, ...match.others].filter(({ by }) => by === 'agent');
  const entries = views.flatMap((view) => {
    const { seat } = view;
    // Without a seat the hands are nobody's; the result of a match tells something all the same.
    if (seat === null && view.result === null) return [];
    const hands =
      seat === null ? [] : match.hands.flatMap((hand) => handOf(hand, { matchId, view, seat }) ?? []);
    return [{ row: rowOf(view, { match, matchId, seat, hands }), hands }];
  });
  return {
    matchId,
    rows: entries.map(({ row }) => row),
    hands: entries.flatMap(({ hands }) => hands),
    leftOut: match.refused.map(({ handNumber, code, why }) => ({ matchId, handNumber, code, why })),
  };
}

/** Null for a hand that was cut off, that we were not dealt into, or whose stacks are not known. */
function handOf(
  hand: HandHistory,
  { matchId, view, seat }: { matchId: string; view: MatchView; seat: number },
): LedgerHand | null {
  const own = hand.seats.find((one) => one.seat === seat);
  const { stack = null, stackAfter = null } = own ?? {};
  if (!hand.isFinished || own === undefined || stack === null || stackAfter === null) return null;
  const hasFolded = hand.history.some((entry) => entry.seat === seat && entry.action === 'fold');
  const chips = chipsOf(hand);
  // One seat that shows after everybody has folded is no show-down.
  const isShown = hand.seats.filter(({ hasShown }) => hasShown).length > 1;
  return {
    matchId,
    participantId: view.participantId,
    handNumber: hand.handNumber,
    startedAt: hand.startedAt,
    seat,
    players: hand.seats.length,
    ...hand.level,
    stack,
    net: stackAfter - stack,
    adjustedNet: adjustedNetOf(hand, seat, chips),
    pot: chips.pot,
    street: streetOf(hand.board.length),
    isShowdown: isShown && !hasFolded,
    hasFolded,
    cards: own.cards?.join('') ?? null,
    board: hand.board.join(''),
  };
}

function streetOf(cards: number): string {
  if (cards < 3) return 'preflop';
  return cards === 3 ? 'flop' : cards === 4 ? 'turn' : 'river';
}

interface RowTerms {
  readonly match: CollectedMatch;
  readonly matchId: string;
  readonly seat: number | null;
  readonly hands: readonly LedgerHand[];
}

function rowOf(view: MatchView, { match, matchId, seat, hands }: RowTerms): LedgerRow {
  const { result, header, decisions, headers } = view;
  // Its own, or that of the table that it sat at.
  const hasRecord = header !== null || hands.length > 0;
  const levelled = hands.filter(({ bigBlind }) => bigBlind > 0);
  const handNet = sumOf(hands, ({ net }) => net);
  const net = view.netChips;
  return {
    matchId,
    participantId: view.participantId,
    source: hasRecord ? (result === null ? 'recording' : 'both') : 'result',
    startedAt: header?.at ?? result?.startedAt ?? match.startedAt,
    ...versionOf(headers, result),
    bot: result?.bot?.name ?? header?.bot?.name ?? null,
    env: result?.env ?? header?.env ?? null,
    package: result?.package ?? header?.package ?? null,
    opponents: opponentsOf(match, view, seat),
    format: formatOf(match, result),
    rated: result?.rated ?? null,
    outcome: result?.outcome ?? (hasRecord && !view.isClosed ? 'open' : null),
    toldBy: result?.toldBy ?? null,
    net,
    hands: hasRecord ? hands.length : (result?.hands ?? 0),
    handNet: hasRecord ? handNet : (net ?? 0),
    levelHands: levelled.length,
    levelNet: sumOf(levelled, (hand) => hand.net / hand.bigBlind),
    levelAdjusted: sumOf(levelled, (hand) => (hand.adjustedNet ?? hand.net) / hand.bigBlind),
    adjustedHands: levelled.filter(({ adjustedNet }) => adjustedNet !== null).length,
    showdowns: hands.filter(({ isShowdown }) => isShowdown).length,
    showdownsWon: hands.filter((hand) => hand.isShowdown && hand.net > 0).length,
    unfinished: match.hands.filter(({ isFinished }) => !isFinished).length,
    leftOut: match.refused.length,
    turns: counted(result?.turns, decisions.length),
    answeredFor: counted(
      result?.fallbacks,
      decisions.filter(({ source }) => source !== null && source !== 'bot').length,
    ),
    timeouts: counted(result?.timeouts, decisions.filter(({ isTimedOut }) => isTimedOut).length),
    corrections: counted(
      result?.corrections,
      decisions.filter(({ correction }) => correction !== null).length,
    ),
    rejections: counted(
      result?.rejections,
      sumOf(decisions, (decision) => decision.rejections.length),
    ),
    errors: header === null ? null : decisions.filter(({ failure }) => failure !== null).length,
    resumes: counted(result?.resumes, view.resumes),
  };
}

const counted = (ofResult: number | undefined, ofRecord: number): number => Math.max(ofResult ?? 0, ofRecord);

/** The last process that went on with the match tells it, as the result does. */
function versionOf(
  headers: readonly RecordingHeader[],
  result: RecordedResult | null,
): PlayedVersion & { readonly isMixed: boolean } {
  const played = headers.map((header) => header.played?.hash ?? null);
  const last = headers.at(-1);
  return {
    hash: result?.hash ?? last?.played?.hash ?? null,
    label: result?.label ?? last?.label ?? null,
    git: result?.git ?? last?.played?.git ?? null,
    isMixed: new Set(played).size > 1,
  };
}

/** Of another bot of ours than the one who tells of the match, the others are not those that the match names. */
function opponentsOf(match: CollectedMatch, view: MatchView, seat: number | null): readonly string[] {
  if (view === match || match.players.length === 0)
    return view === match ? match.opponents : (view.result?.opponents ?? []);
  return match.players.filter((player) => player.seat !== seat).map(({ name }) => name);
}

/** Seats, chips at the start and the first level: `heads-up 10000 50/100`, `6 seats 1000 5/10 ante 1`. */
export function formatOf(
  { hands, players }: Pick<CollectedMatch, 'hands' | 'players'>,
  result: RecordedResult | null,
): string {
  const [first] = hands;
  const told = result === null || result.opponents.length === 0 ? 0 : result.opponents.length + 1;
  const seats = Math.max(first?.seats.length ?? 0, players.length, told);
  if (seats === 0) return 'unknown';
  const table = seats === 2 ? 'heads-up' : `${seats} seats`;
  if (first === undefined) return table;
  const { smallBlind, bigBlind, ante } = first.level;
  // A recording that begins in the middle of a match does not tell the chips at the start.
  const stacks = new Set(first.seats.map(({ stack }) => stack));
  const [stack = null] = stacks;
  const chips = stacks.size === 1 && stack !== null && (first.handNumber ?? 1) === 1 ? ` ${stack}` : '';
  return `${table}${chips} ${smallBlind}/${bigBlind}${ante > 0 ? ` ante ${ante}` : ''}`;
}

function sumOf<Item>(items: readonly Item[], numberOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + numberOf(item), 0);
}
