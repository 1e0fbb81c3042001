/** Reads public records as players' tools do: chips are rebuilt from the actions alone, and nothing else is believed. */
import type {
  BotRecordAnswer,
  HandsAnswer,
  MatchesAnswer,
  RecordedHandRow,
  RecordedMatchRow,
  ReplayAnswer,
} from '../../src/protocol/http-records.js';
import type { Sandbox } from '../../src/sandbox/index.js';

export interface RecordReader {
  /** The body of any answer that is not an error. */
  read(path: string): Promise<unknown>;
  matches(query?: string): Promise<MatchesAnswer>;
  match(id: string): Promise<RecordedMatchRow>;
  /** All hands, page by page. */
  hands(id: string): Promise<RecordedHandRow[]>;
  replay(id: string): Promise<ReplayAnswer>;
  bot(botId: string): Promise<BotRecordAnswer>;
}

/** @param between called before each request, for a test whose platform wants pauses. */
export function recordReader(
  { url }: Pick<Sandbox, 'url'>,
  between: () => void = () => undefined,
): RecordReader {
  async function read(path: string): Promise<unknown> {
    between();
    const answer = await fetch(url.replace(/^ws/, 'http') + path);
    const body: unknown = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`);
    return body;
  }
  const matchPath = (id: string): string => `/api/matches/${encodeURIComponent(id)}`;

  return {
    read,
    matches: async (query = '') => (await read(`/api/matches${query}`)) as MatchesAnswer,
    match: async (id) => (await read(matchPath(id))) as RecordedMatchRow,
    async hands(id) {
      const hands: RecordedHandRow[] = [];
      for (let page = 1; ; page += 1) {
        const answer = (await read(`${matchPath(id)}/hands?page=${page}&page_size=200`)) as HandsAnswer;
        hands.push(...answer.hands);
        if (answer.hands.length === 0 || hands.length >= answer.total) return hands;
      }
    },
    replay: async (id) => (await read(`${matchPath(id)}/replay`)) as ReplayAnswer,
    bot: async (botId) => (await read(`/api/bots/${encodeURIComponent(botId)}`)) as BotRecordAnswer,
  };
}

/**
 * What each seat put into each hand of `/hands`, where every amount is chips added.
 *
 * @returns by hand, by seat.
 */
export function chipsPutIn(hands: readonly RecordedHandRow[], seats: number): number[][] {
  return hands.map(({ actions }) => {
    const put = Array.from({ length: seats }, () => 0);
    for (const { seat, amount } of actions) put[seat] = (put[seat] ?? 0) + amount;
    return put;
  });
}

/**
 * The stacks after each hand of a match of two, from the actions and the winners alone: the winner gets what the other
 * one put in, and what nobody called was never lost.
 */
export function stacksOfTwo(hands: readonly RecordedHandRow[], startingStack: number): [number, number][] {
  let stacks: [number, number] = [startingStack, startingStack];
  return chipsPutIn(hands, 2).map(([first = 0, second = 0], index) => {
    const winners = hands[index]?.winner_seats ?? [];
    const atStake = Math.min(first, second);
    if (winners.length === 1) {
      stacks =
        winners[0] === 0
          ? [stacks[0] + atStake, stacks[1] - atStake]
          : [stacks[0] - atStake, stacks[1] + atStake];
    }
    return stacks;
  });
}
