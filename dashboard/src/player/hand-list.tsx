import { useEffect, useRef, useState } from 'preact/hooks';
import type { PackedMatch } from '../../../src/playback/packed-match.js';
import { memo } from '../memo.js';
import { chips, plural, signed } from '../words.js';
import type { HandOrder, ListedHand } from './hand-order.js';
import { matchName, momentOf } from './names.js';

const rowsAtOnce = 150;

const orders: Readonly<Record<HandOrder, string>> = {
  played: 'as they were played',
  pot: 'biggest pots first',
  won: 'most won first',
  lost: 'most lost first',
};

interface Props {
  matches: readonly PackedMatch[];
  hands: readonly ListedHand[];
  current: ListedHand;
  order: HandOrder;
  setOrder: (order: HandOrder) => void;
  only: number | null;
  setOnly: (match: number | null) => void;
  choose: (hand: ListedHand) => void;
  about: string | undefined;
}

export function HandList(props: Props) {
  const { matches, hands, current, order, setOrder, only, setOnly, choose, about } = props;
  const [rows, setRows] = useState(rowsAtOnce);
  const place = hands.indexOf(current);
  // A page of rows around the hand that is shown: thousands of rows would make each step slow.
  const needed = Math.max(rows, place + 20);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = list.current?.querySelector('tr.watched');
    const box = list.current?.getBoundingClientRect();
    const at = row?.getBoundingClientRect();
    if (box === undefined || at === undefined || list.current === null) return;
    // Only the list is moved, not the page.
    if (at.top < box.top + 30) list.current.scrollTop -= box.top + 30 - at.top;
    else if (at.bottom > box.bottom) list.current.scrollTop += at.bottom - box.bottom;
  }, [current, order, only]);
  const shown = hands.slice(0, needed);
  const hasNet = hands.some(({ net }) => net !== null);
  return (
    <section class="panel hand-list" aria-labelledby="hands-title" data-testid="hands">
      <div class="panel-head">
        <h2 id="hands-title">{plural(hands.length, 'hand')}</h2>
      </div>
      <div class="choices">
        {matches.length > 1 && (
          <label>
            Match{' '}
            <select
              value={only ?? ''}
              onChange={({ currentTarget: { value } }) => setOnly(value === '' ? null : Number(value))}
            >
              <option value="">all {chips(matches.length)}</option>
              {matches.map((match, index) => (
                <option key={index} value={index}>
                  {match.startedAt === null ? '' : `${momentOf(match.startedAt)} `}
                  {matchName(match)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          Order{' '}
          <select value={order} onChange={({ currentTarget }) => setOrder(currentTarget.value as HandOrder)}>
            {Object.entries(orders).map(([each, text]) => (
              <option key={each} value={each} disabled={!hasNet && (each === 'won' || each === 'lost')}>
                {text}
              </option>
            ))}
          </select>
        </label>
      </div>
      {about !== undefined && <p class="muted about">{about}</p>}
      <div class="scroll" ref={list} tabIndex={0} role="region" aria-label="List of hands">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Hand</th>
              <th scope="col" class="number">
                Pot
              </th>
              {hasNet && (
                <th scope="col" class="number">
                  Won
                </th>
              )}
              <th scope="col">Ended</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((hand) => (
              <Row
                key={`${hand.match} ${hand.index}`}
                hand={hand}
                isWatched={hand === current}
                hasNet={hasNet}
                choose={choose}
              />
            ))}
          </tbody>
        </table>
        {hands.length > shown.length && (
          <button type="button" class="small" onClick={() => setRows(needed + 3 * rowsAtOnce)}>
            Show more of {chips(hands.length)}
          </button>
        )}
      </div>
    </section>
  );
}

interface RowProps {
  hand: ListedHand;
  isWatched: boolean;
  hasNet: boolean;
  choose: (hand: ListedHand) => void;
}

const Row = memo(
  ({ hand, isWatched, hasNet, choose }: RowProps) => {
    const { number, index, pot, net, ending, hasTimeout } = hand;
    return (
      <tr class={isWatched ? 'watched' : ''} onClick={() => choose(hand)}>
        <th scope="row">
          <button type="button" class="link" aria-pressed={isWatched} onClick={() => choose(hand)}>
            {number ?? index + 1}
          </button>
        </th>
        <td class="number">{chips(pot)}</td>
        {hasNet && (
          <td class={`number ${net === null || net === 0 ? '' : net > 0 ? 'plus' : 'minus'}`}>
            {net === null ? '–' : signed(net)}
          </td>
        )}
        <td>
          {ending}
          {hasTimeout && (
            <span class="tag warning" title="a clock ran out">
              late
            </span>
          )}
        </td>
      </tr>
    );
  },
  (a, b) =>
    a.hand === b.hand && a.isWatched === b.isWatched && a.hasNet === b.hasNet && a.choose === b.choose,
);
