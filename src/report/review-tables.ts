/** The review of a report as tables. */
import { count } from '../io/reports/describe.js';
import { placeNames } from '../review/places.js';
import type { Figure, Review } from '../review/review-shape.js';
import { countText, signedText } from './number-text.js';
import type { ReportCell, ReportTable } from './page-data.js';

const star = ({ hasStar }: Figure): string => (hasStar ? ' ★' : '');

function estimate(figure: Figure): ReportCell {
  const { value, interval } = figure;
  return value === null ? '–' : { text: `${signedText(value, 2)}${star(figure)}`, value, interval };
}

const bounds = ({ interval }: Figure): string =>
  interval === null ? '–' : `${signedText(interval.low, 2)} to ${signedText(interval.high, 2)}`;

function share({ value, error, n }: Figure): string {
  if (value === null) return '–';
  const spread = error === null ? '' : ` ± ${(100 * error).toFixed(0)}`;
  return `${(100 * value).toFixed(0)}${spread} % of ${countText(n)}`;
}

const columnsOf = (first: string, ...others: readonly string[]): ReportTable['columns'] => [
  { heading: first, isNumber: false },
  ...others.map((heading) => ({ heading, isNumber: true })),
];

/** None where the review has no hand. */
export function reviewTables({ base, places, streets, figuresLookedAt }: Review): ReportTable[] {
  if (base.hands === 0) return [];
  return [
    {
      id: 'places',
      title: 'Where the chips went',
      about: `Each hand is in one place. ★: not 0 by chance, of ${count(figuresLookedAt, 'figure')} looked at; never with fewer than 30 values.`,
      columns: columnsOf('place', 'hands', 'chips', 'bb a hand', '95 %', 'of bb/100'),
      rows: places.map(({ place, hands, chips, bbPer100, bbPerHand }) => [
        placeNames[place],
        countText(hands),
        signedText(chips),
        estimate(bbPerHand),
        bounds(bbPerHand),
        bbPer100.value === null ? '–' : signedText(bbPer100.value, 1),
      ]),
    },
    {
      id: 'streets',
      title: 'Bets by street',
      about: 'Shares with their standard error. bb a call: what a call brought against a fold.',
      columns: columnsOf(
        'street',
        'faced',
        'folded',
        'called',
        'raised',
        'lost after a call',
        'bb a call',
        '95 %',
      ),
      rows: streets.map(({ street, faced, folded, called, raised, lostAfterCall, bbPerCall }) => [
        street,
        countText(faced),
        share(folded),
        share(called),
        share(raised),
        share(lostAfterCall),
        estimate(bbPerCall),
        bounds(bbPerCall),
      ]),
    },
  ];
}
