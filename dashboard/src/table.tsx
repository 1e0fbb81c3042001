import type { MatchDetail, MatchRow } from '../../src/dashboard/page-view.js';
import type { SeatView, TableView } from '../../src/playback/shown-table.js';
import { Card, CardBack, CardPlace } from './cards.js';
import { chips, players, shortIdOf } from './words.js';

interface Props {
  row: MatchRow | undefined;
  detail: MatchDetail | null;
}

export function Table({ row, detail }: Props) {
  const table = detail?.table ?? null;
  return (
    <section class="panel table-panel" aria-labelledby="table-title" data-testid="table">
      <div class="panel-head">
        <h2 id="table-title">
          {row === undefined ? 'Table' : `${row.self === null ? '' : 'Against '}${players(row)}`}
        </h2>
        {row !== undefined && (
          <span class="muted">
            #{row.number} <code>{shortIdOf(row)}</code>
          </span>
        )}
        {table !== null && (
          <span class="muted">
            hand {table.hand ?? '?'} · {table.phase}
          </span>
        )}
      </div>
      {table === null ? (
        <p class="empty">
          {row === undefined
            ? 'The table of a match is here once one begins or is chosen.'
            : 'No hand has been dealt yet.'}
        </p>
      ) : (
        <>
          <Felt table={table} self={row?.self ?? null} />
          <Actions table={table} />
        </>
      )}
    </section>
  );
}

export function Felt({ table, self }: { table: TableView; self: number | null }) {
  const { seats, board, pot } = table;
  const bottom = Math.max(
    0,
    seats.findIndex(({ seat }) => seat === self),
  );
  return (
    <div class={`felt seats-${seats.length}`}>
      <div class="middle">
        <div class="board" role="group" aria-label={board.length === 0 ? 'no board yet' : 'board'}>
          {board.map((code) => (
            <Card key={code} code={code} />
          ))}
          {Array.from({ length: Math.max(0, 5 - board.length) }, (_, index) => (
            <CardPlace key={`place ${index}`} />
          ))}
        </div>
        <div class="pot">
          Pot <b>{chips(pot)}</b>
          {table.toCall !== null && table.toCall > 0 && <span> · {chips(table.toCall)} to call</span>}
        </div>
      </div>
      {seats.map((seat, index) => (
        <Seat key={seat.seat} seat={seat} place={placeOf(index, bottom, seats.length)} />
      ))}
    </div>
  );
}

interface Place {
  left: string;
  top: string;
  /** How wide it may be, so that it does not leave the panel: in hundredths of the panel's width. */
  room: string;
  isRight: boolean;
}

/** Around the table, in the order of the seats; our own, or the first one, is at the bottom. */
function placeOf(index: number, bottom: number, count: number): Place {
  const angle = Math.PI / 2 + ((index - bottom) * 2 * Math.PI) / Math.max(2, count);
  const left = 50 + 37 * Math.cos(angle);
  return {
    left: `${left.toFixed(1)}%`,
    top: `${(50 + 37 * Math.sin(angle)).toFixed(1)}%`,
    room: `${(2 * Math.min(left, 100 - left)).toFixed(1)}cqi`,
    isRight: left > 55,
  };
}

function Seat({ seat, place }: { seat: SeatView; place: Place }) {
  const { name, cards, stack, bet, folded, isActing, isDealer, isSelf, last, won, rank } = seat;
  const { left, top, room, isRight } = place;
  // `dev` and `demo` call the bot so.
  const isMarked = isSelf && name !== 'you';
  const isOut = folded && last === null && stack === 0;
  const classes = [
    'seat',
    isRight && 'right',
    isActing && 'acting',
    folded && 'folded',
    isSelf && 'self',
    won !== null && 'won',
  ];
  return (
    <div
      class={classes.filter(Boolean).join(' ')}
      style={{ left, top, '--room': room }}
      role="group"
      aria-label={isMarked ? `${name}, you` : name}
    >
      <div class="hole">
        {cards.length > 0
          ? cards.map((code) => <Card key={code} code={code} />)
          : !folded && [<CardBack key="a" />, <CardBack key="b" />]}
      </div>
      <div class="plate">
        <span class="name">
          {name}
          {isMarked && <span class="you"> you</span>}
        </span>
        <span class="stack">{stack === null ? '?' : chips(stack)}</span>
        {isDealer && (
          <abbr class="button" title="dealer button">
            D
          </abbr>
        )}
      </div>
      <div class={won === null && last === null && rank === null && !isOut ? 'last nothing' : 'last'}>
        {won !== null ? `wins ${chips(won)}` : (last ?? (isOut ? 'out of chips' : ' '))}
        {rank !== null && `${won !== null || last !== null ? ' · ' : ''}${rank}`}
      </div>
      {bet > 0 && <div class="bet">{chips(bet)}</div>}
    </div>
  );
}

function Actions({ table }: { table: TableView }) {
  const name = (seat: number) => table.seats[seat]?.name ?? `seat ${seat}`;
  const streets = [...new Set(table.actions.map(({ phase }) => phase))];
  return (
    <ol class="actions" aria-label="actions of this hand" tabIndex={0}>
      {streets.map((street) => (
        <li key={street}>
          <b>{street}</b>{' '}
          {table.actions
            .filter(({ phase }) => phase === street)
            .map(({ seat, text, isTimeout }) => `${name(seat)} ${text}${isTimeout ? ' (timeout)' : ''}`)
            .join(', ')}
        </li>
      ))}
    </ol>
  );
}
