/** What a campaign is to do, drawn from its seed before anything is started: the same for every build. */
import { createRandom } from '../../src/chance/random.js';
import {
  type Cut,
  lobbyCuts,
  lobbyMeetings,
  type Meeting,
  matchCuts,
  matchMeetings,
  nobodyListens,
} from './kinds.js';

export const planDefaults = {
  /** Of the local platform: how long a seat may be away, and how long a match waits for its players. */
  graceMs: 30_000,
  shortestMs: 1_000,
  /** An outage is over so long before the grace is; where a dial can hang, it may do so once more. */
  leftMs: 1_000,
  leftAfterHangMs: 6_000,
  /** From the start of a match to its outage, at most. */
  latestMs: 6_000,
  maxMatches: 3,
  /** Shares of all outages. */
  lobbyOnly: 0.15,
  both: 0.35,
  /** Of those of the gateway alone: before the match is dialed for the first time. */
  atFirstDial: 0.25,
  /** As long as can be. */
  longest: 0.25,
} as const;

/** What happens to one leg. */
export interface Trouble {
  cut: Cut;
  meeting: Meeting;
}

export interface PlannedOutage {
  /** From 1. */
  number: number;
  /** Null: this leg works. */
  match: Trouble | null;
  lobby: Trouble | null;
  /** Before the matches are dialed for the first time, or while they are played. */
  point: 'dial' | 'play';
  /** From the start of the matches to the outage. */
  afterMs: number;
  ms: number;
  /** Matches of the bot that are live then. */
  matches: number;
}

/** Takes every card of a list once before it takes one twice. */
function createDeck<T>(cards: readonly T[], random: () => number): () => T {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = [...cards];
    const [card] = left.splice(Math.floor(random() * left.length), 1);
    if (card === undefined) throw new RangeError('There is no card in the deck.');
    return card;
  };
}

/** The least that is left of the grace when the outage is over. */
export function leftOf({ match }: Pick<PlannedOutage, 'match'>): number {
  return match?.meeting.hangs === true ? planDefaults.leftAfterHangMs : planDefaults.leftMs;
}

/** @param graceMs of the platform that it is for. Default: 30000. */
export function planOutages(
  seed: string,
  count: number,
  graceMs: number = planDefaults.graceMs,
): PlannedOutage[] {
  const random = createRandom(`outages:${seed}`);
  const deck = <T>(cards: readonly T[]) => createDeck(cards, random);
  const matchTrouble = { cut: deck(matchCuts), meeting: deck(matchMeetings) };
  const bothTrouble = { cut: deck(matchCuts), meeting: deck([...matchMeetings, nobodyListens]) };
  const lobbyTrouble = { cut: deck(lobbyCuts), meeting: deck(lobbyMeetings) };
  const draw = ({ cut, meeting }: typeof matchTrouble): Trouble => ({ cut: cut(), meeting: meeting() });

  return Array.from({ length: count }, (_, index) => {
    const share = random();
    const isLobbyOnly = share < planDefaults.lobbyOnly;
    const isBoth = !isLobbyOnly && share < planDefaults.lobbyOnly + planDefaults.both;
    const match = isLobbyOnly ? null : draw(isBoth ? bothTrouble : matchTrouble);
    const drawn = isLobbyOnly || isBoth ? draw(lobbyTrouble) : null;
    const lobby =
      drawn !== null && match?.meeting === nobodyListens ? { ...drawn, meeting: nobodyListens } : drawn;
    const isFirst = match !== null && lobby === null && random() < planDefaults.atFirstDial;
    const longestMs = graceMs - leftOf({ match });
    const spreadMs = longestMs - planDefaults.shortestMs;
    const isLongest = random() < planDefaults.longest;
    const ms = isLongest ? longestMs : planDefaults.shortestMs + Math.floor(random() * spreadMs);
    return {
      number: index + 1,
      match,
      lobby,
      point: isFirst ? 'dial' : 'play',
      afterMs: Math.floor(random() * planDefaults.latestMs),
      ms,
      matches: 1 + Math.floor(random() * planDefaults.maxMatches),
    };
  });
}

/** In one line. */
export function describeOutage({ number, match, lobby, point, afterMs, ms }: PlannedOutage): string {
  const troubles = [
    ...(match === null
      ? []
      : [`gateway (${point === 'dial' ? '' : `${match.cut.name}, then `}${match.meeting.name})`]),
    ...(lobby === null ? [] : [`lobby (${lobby.cut.name}, then ${lobby.meeting.name})`]),
  ];
  const when =
    point === 'dial' ? 'before the first dial' : `${(afterMs / 1_000).toFixed(1)} s into the match`;
  return `outage ${number}: ${(ms / 1_000).toFixed(1)} s of ${troubles.join(' and ')}, ${when}`;
}
