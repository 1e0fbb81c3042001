/** The result of an arena as the data of a report: its page counts the pairs that the result counts. */
import type { HandHistory } from '../histories/hand-history.js';
import { createMatchPacker } from '../playback/match-packer.js';
import { unpackHand } from '../playback/packed-hand.js';
import type { PackedMatch } from '../playback/packed-match.js';
import { shortText } from '../playback/page-seat.js';
import { version } from '../protocol/version.js';
import { countText, signedText } from '../report/number-text.js';
import type { PageData, ReportCell, ReportTable, VerdictTrail } from '../report/page-data.js';
import { wilsonInterval } from '../statistics/share-interval.js';
import { verdictWords } from '../statistics/verdict-words.js';
import type { ArenaPairing } from './arena-record.js';
import type { ArenaContrast, ArenaResult, PairingResult } from './arena-result.js';
import type { DetailKind } from './detail-groups.js';
import { widthOf } from './luck-spreads.js';
import { luckWords } from './luck-words.js';
import { repeatableWords } from './repeatability.js';

const titles: Readonly<Record<DetailKind, string>> = {
  position: 'By position',
  ending: 'By how hands ended',
  depth: 'By depth of the stacks',
};

const abouts: Readonly<Record<DetailKind, string>> = {
  position: '',
  ending:
    'Street of the last fold; all-in early: with cards to come. What players do decides where a hand ends.',
  depth: 'The lesser of what a bot had and the most that another one had, before the posts.',
};

const intervals =
  'Intervals at 95 %, a pair being one observation: each is that of one row that is read once.';

/** @param madeAt epoch milliseconds. */
export function arenaReport(result: ArenaResult, madeAt: number): PageData {
  const { terms, pairings, end } = result;
  const isDeals = terms.mode === 'deals';
  const pairs = pairings.reduce((sum, pairing) => sum + pairing.pairs, 0);
  const hands = pairings.reduce((sum, pairing) => sum + pairing.hands, 0);
  const contrasts = pairings.flatMap((pairing) => pairing.contrasts);
  const asked = pairings.flatMap(({ answers }) => answers);
  const answeredFor = asked.reduce((sum, answers) => sum + answers.answeredFor, 0);
  const turns = asked.reduce((sum, answers) => sum + answers.turns, 0);
  return {
    title: shortText(`Arena: ${terms.names.join(', ')}`, 120),
    madeAt,
    package: version,
    hidesCards: false,
    areBiggest: true,
    totalHands: hands,
    matches: pairings.flatMap((pairing) => matchOfPots(result, pairing) ?? []),
    statistics: {
      matches: pairs,
      hands,
      firstAt: null,
      lastAt: null,
      remarks: [
        ...contrasts.map((contrast) => `${sentence(result, contrast)}.`),
        ...(end === 'stopped' ? ['It was ended before all was played.'] : []),
        ...luckWords(result),
        `Seed ${terms.seed}${isDeals ? `, ${terms.startingStack / terms.bigBlind} bb each` : ''}: ${repeatableWords(result)}.`,
      ].map((text) => shortText(text, 400)),
      gains: [],
      latency: null,
      latencyLine: null,
      trails: contrasts.flatMap((contrast) => trailOf(result, contrast) ?? []),
      tiles: [
        {
          name: isDeals ? 'Deals' : 'Pairs of matches',
          value: countText(pairs),
          note: isDeals
            ? `each once in ${terms.pairings[0]?.length ?? 2} seatings`
            : 'each once in each seating',
        },
        { name: 'Hands', value: countText(hands), note: '' },
        {
          name: 'Decided',
          value: `${contrasts.filter(({ verdict }) => verdict.reason === null).length} of ${contrasts.length}`,
          note: 'comparisons',
        },
        { name: 'Turns', value: countText(turns), note: `${countText(answeredFor)} answered for` },
      ],
      tables: [
        verdictTable(result),
        ...spreadTables(result),
        ...pairings.flatMap((pairing, at) => detailTables(result, pairing, at)),
        answeredTable(result),
        timesTable(result),
      ],
    },
  };
}

function sentence({ terms }: ArenaResult, { bot, against, verdict }: ArenaContrast): string {
  return verdictWords(verdict, { a: terms.names[against] ?? '', b: terms.names[bot] ?? '' });
}

const nameOf = ({ terms }: ArenaResult, bot: number): string => shortText(terms.names[bot] ?? '');

const less = (result: ArenaResult, { bot, against }: ArenaContrast): string =>
  `${nameOf(result, bot)} less ${nameOf(result, against)}`;

const columnsOf = (first: string, ...others: readonly string[]): ReportTable['columns'] => [
  { heading: first, isNumber: false },
  ...others.map((heading) => ({ heading, isNumber: true })),
];

interface Figure {
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

const cell = ({ value, interval }: Figure): ReportCell =>
  value === null ? '–' : { text: signedText(value, 1), value, interval };

const bounds = ({ interval }: Figure): string =>
  interval === null ? '–' : `${signedText(interval.low, 1)} to ${signedText(interval.high, 1)}`;

const shareText = (share: number): string => (100 * share).toFixed(1);

/** Shares are told as the plot and the terminal tell them: whole, and without a sign. */
const shareCell = (share: number | null, fromHalf: Figure): ReportCell => {
  const { value, interval } = fromHalf;
  return share === null || value === null ? '–' : { text: shareText(share), value, interval };
};

const shareBounds = (interval: Figure['interval']): string =>
  interval === null ? '–' : `${shareText(interval.low)} to ${shareText(interval.high)}`;

function verdictTable(result: ArenaResult): ReportTable {
  const isDeals = result.terms.mode === 'deals';
  return {
    id: 'verdicts',
    title: 'Verdicts',
    about: isDeals
      ? 'A later bot of the command less an earlier one. Intervals hold at all times at once.'
      : 'The share of matches that the later bot of the command won. Intervals hold at all times at once; bars begin at one half.',
    columns: columnsOf('bot', isDeals ? 'deals' : 'pairs', isDeals ? 'bb/100' : '% won', 'interval', 'error'),
    rows: result.pairings.flatMap(({ contrasts }) =>
      contrasts.map((contrast) => {
        const { n, mean, interval, error } = contrast.verdict;
        const from = isDeals ? 0 : 0.5;
        const scale = isDeals ? 1 : 100;
        const figure: Figure = {
          value: mean === null ? null : scale * (mean - from),
          interval: interval && { low: scale * (interval.low - from), high: scale * (interval.high - from) },
        };
        return [
          less(result, contrast),
          countText(n),
          isDeals ? cell(figure) : shareCell(mean, figure),
          isDeals ? bounds(figure) : shareBounds(interval),
          error === null ? '–' : (scale * error).toFixed(1),
        ];
      }),
    ),
  };
}

/** None where no value function takes luck off. */
function spreadTables(result: ArenaResult): ReportTable[] {
  const rows = result.pairings.flatMap(({ contrasts }) =>
    contrasts.flatMap((contrast): ReportCell[][] => {
      const { spreads, verdict } = contrast;
      if (spreads === null) return [];
      const { luckFree, allIn, asPlayed, allInWidth } = spreads;
      return [
        [
          less(result, contrast),
          ...[luckFree, allIn, asPlayed].map((value) => value?.toFixed(2) ?? '–'),
          ...[widthOf(verdict), allInWidth].map((value) => value?.toFixed(1) ?? '–'),
        ],
      ];
    }),
  );
  if (rows.length === 0) return [];
  return [
    {
      id: 'spreads',
      title: 'How much pairs spread',
      about:
        'Standard deviations of the same pairs, in big blinds a hand, with luck taken off by AIVAT, with all-ins alone adjusted, and as the chips were won; and how wide the interval is in bb/100, which hangs on the bound of a hand as well. Whoever takes the way that says more has two chances to be wrong.',
      columns: columnsOf('bot', 'AIVAT', 'all-ins', 'as played', 'interval', 'with all-ins'),
      rows,
    },
  ];
}

function trailOf(result: ArenaResult, contrast: ArenaContrast): VerdictTrail | null {
  const { trail } = contrast;
  if (trail === null || trail.length === 0) return null;
  const scale = contrast.verdict.unit === 'share' ? 100 : 1;
  const scaled = (value: number | null): number | null => (value === null ? null : scale * value);
  return {
    name: less(result, contrast),
    unit: contrast.verdict.unit === 'share' ? '% won' : contrast.verdict.unit,
    n: trail.map(({ pairs }) => pairs),
    mean: trail.map(({ mean }) => scaled(mean)),
    low: trail.map(({ low }) => scaled(low)),
    high: trail.map(({ high }) => scaled(high)),
  };
}

function detailTables(result: ArenaResult, { bots, details }: PairingResult, at: number): ReportTable[] {
  if (details === null) return [];
  const among = bots.map((bot) => nameOf(result, bot)).join(', ');
  return (['position', 'ending', 'depth'] as const).flatMap((kind): ReportTable[] => {
    const rows = details[kind];
    // Every deal begins with the same stacks.
    if (rows.length === 0 || (kind === 'depth' && result.terms.mode === 'deals')) return [];
    return [
      {
        id: `${kind}-${at}`,
        title: result.pairings.length === 1 ? titles[kind] : `${titles[kind]}: ${among}`,
        about: [abouts[kind], intervals].filter((text) => text !== '').join(' '),
        columns: [
          { heading: kind, isNumber: false },
          ...columnsOf('bot', 'bb/100', '95 %', 'hands', 'pairs'),
        ],
        rows: rows.flatMap(({ group, bots: figures }) =>
          figures.flatMap(({ hands, pairs, per100 }, bot): ReportCell[][] =>
            hands === 0
              ? []
              : [
                  [
                    group,
                    nameOf(result, bots[bot] ?? 0),
                    cell(per100),
                    bounds(per100),
                    countText(hands),
                    countText(pairs),
                  ],
                ],
          ),
        ),
      },
    ];
  });
}

function answeredTable(result: ArenaResult): ReportTable {
  return {
    id: 'answered',
    title: 'Turns that were answered for bots',
    about: 'Of the turns that the bot was asked. The interval is that of the share, at 95 %.',
    columns: columnsOf('bot', 'turns', 'answered for', 'share', '95 %', 'failed', 'not legal', 'pairs lost'),
    rows: result.pairings.flatMap(({ bots, answers, lostByBot }) =>
      answers.map(({ turns, answeredFor, failed, corrected }, at) => {
        const { low, high } = wilsonInterval(answeredFor, turns);
        return [
          nameIn(result, bots, at),
          countText(turns),
          countText(answeredFor),
          turns === 0 ? '–' : percent(answeredFor / turns),
          turns === 0 ? '–' : `${percent(low)} to ${percent(high)}`,
          countText(failed),
          countText(corrected),
          countText(lostByBot[at] ?? 0),
        ];
      }),
    ),
  };
}

/** In a pool a bot has a row for each of its opponents. */
function nameIn(result: ArenaResult, bots: ArenaPairing, at: number): string {
  const [name = '', ...others] = [bots[at] ?? 0, ...bots.toSpliced(at, 1)].map((bot) => nameOf(result, bot));
  return result.pairings.length === 1 ? name : `${name} against ${others.join(', ')}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

function timesTable(result: ArenaResult): ReportTable {
  return {
    id: 'times',
    title: 'Decision times',
    about:
      'Milliseconds of decisions that came in time: where the bot runs, and as its host sees them, with the way there and back. Since the run began, or went on. House bots are not timed. Half of all took the median at most, 99 of 100 took p99 at most; both are a quarter too much at most.',
    columns: columnsOf(
      'bot',
      'decisions',
      'mean',
      'median',
      'p99',
      'slowest',
      'mean of the host',
      'slowest of the host',
    ),
    rows: result.times.map(
      ({ measured, turns, thinkMs, p50Ms, p99Ms, slowestMs, waitMs, slowestWaitMs }, bot) => [
        nameOf(result, bot),
        countText(measured),
        ...[thinkMs / measured, p50Ms, p99Ms, slowestMs, waitMs / turns, slowestWaitMs].map((ms) =>
          measured === 0 || ms === null ? '–' : timeText(ms),
        ),
      ],
    ),
  };
}

const timeText = (ms: number): string => ms.toFixed(ms < 1 ? 3 : 1);

/** Null: it has no pots. Hands have the numbers of their pairs. */
function matchOfPots(result: ArenaResult, { bots, details }: PairingResult): PackedMatch | null {
  if (details === null || details.pots.length === 0) return null;
  const names = bots.map((bot) => nameOf(result, bot));
  const matchId = names.join(' – ');
  const hands = details.pots.map(({ pair, hand }): HandHistory => {
    const { hand: history } = unpackHand(hand, { source: 'sandbox', matchId, names });
    return { ...history, handNumber: pair };
  });
  const players = names.map((name, seat) => ({ seat, name }));
  const { head, pack } = createMatchPacker({
    matchId,
    startedAt: null,
    players,
    opponents: names,
    seat: null,
    hands,
    headers: [],
    decisions: [],
  });
  return { ...head, hands: hands.map(pack) };
}
