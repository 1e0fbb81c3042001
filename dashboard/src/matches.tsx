import type { MatchRow } from '../../src/dashboard/page-view.js';
import { ClockBar } from './clock-bar.js';
import { memo } from './memo.js';
import type { Page } from './use-page.js';
import { chips, elapsed, players, playersInShort, plural, problems, shortIdOf, signed } from './words.js';

const shownEnded = 50;

export function Matches({ page }: { page: Page }) {
  const { state, watched, chosen, choose } = page;
  const all = [...state.matches.values()];
  const live = all.filter(({ outcome }) => outcome === 'live');
  const ended = all
    .filter(({ outcome }) => outcome !== 'live')
    .toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const rowOf = (row: MatchRow) => (
    <Row
      key={row.matchId}
      row={row}
      isWatched={row.matchId === watched}
      ahead={state.ahead}
      choose={choose}
    />
  );
  return (
    <section class="panel matches" aria-labelledby="matches-title">
      <div class="panel-head">
        <h2 id="matches-title" tabIndex={-1}>
          Matches
        </h2>
        <label class="check">
          <input
            type="checkbox"
            checked={chosen === null}
            onChange={({ currentTarget }) => choose(currentTarget.checked ? null : watched)}
          />
          Follow the newest
        </label>
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-label="List of matches">
        <table>
          <caption>{plural(live.length, 'live match')}</caption>
          <Columns />
          <thead>
            <tr>
              <th scope="col">{state.kind === 'agent' ? 'Against' : 'Players'}</th>
              <th scope="col" class="number">
                Hand
              </th>
              <th scope="col" class="number">
                Chips
              </th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>{live.map(rowOf)}</tbody>
        </table>
        {live.length === 0 && (
          <p class="empty">No match is live. One appears here as soon as the platform deals it.</p>
        )}
        {ended.length > 0 && (
          <table>
            <caption>
              {plural(ended.length, 'match')} over{ended.length > shownEnded && `, the newest ${shownEnded}`}
            </caption>
            <Columns />
            <thead class="sr">
              <tr>
                <th scope="col">Against</th>
                <th scope="col">Hands</th>
                <th scope="col">Net chips</th>
                <th scope="col">How it ended</th>
              </tr>
            </thead>
            <tbody>{ended.slice(0, shownEnded).map(rowOf)}</tbody>
          </table>
        )}
      </div>
    </section>
  );
}

/** Both tables have the same ones. */
function Columns() {
  return (
    <colgroup>
      <col />
      <col class="hand-column" />
      <col class="chips-column" />
      <col class="state-column" />
    </colgroup>
  );
}

interface RowProps {
  row: MatchRow;
  isWatched: boolean;
  ahead: number;
  choose: Page['choose'];
}

/** Drawn anew only when the row itself is another one. */
const Row = memo(
  ({ row, isWatched, ahead, choose }: RowProps) => {
    const troubles = problems(row);
    return (
      <tr class={isWatched ? 'watched' : ''} data-match={row.matchId} onClick={() => choose(row.matchId)}>
        <th scope="row">
          <span class="who">
            <button
              type="button"
              class="link"
              title={players(row)}
              aria-pressed={isWatched}
              onClick={() => choose(row.matchId)}
            >
              {playersInShort(row)}
              <span class="sr">, match {row.number}</span>
            </button>
          </span>
          <span class="which">
            <span aria-hidden="true">#{row.number}</span> <code title={row.matchId}>{shortIdOf(row)}</code>
            {row.rated && <span class="tag">rated</span>}
            {troubles.length > 0 && <Troubles troubles={troubles} count={troubleCount(row)} />}
          </span>
        </th>
        <td class="number">{row.hand > 0 ? row.hand : '–'}</td>
        {row.outcome === 'live' ? <LiveCells row={row} ahead={ahead} /> : <EndedCells row={row} />}
      </tr>
    );
  },
  (a, b) => a.row === b.row && a.isWatched === b.isWatched,
);

function troubleCount({ fallbacks, corrections, rejections, timeouts, resumes }: MatchRow): number {
  return fallbacks + corrections + rejections + timeouts + resumes;
}

function Troubles({ troubles, count }: { troubles: string[]; count: number }) {
  const text = troubles.join(', ');
  return (
    <span class="tag warning" title={text}>
      <span aria-hidden="true">⚠ {count}</span>
      <span class="sr">{text}</span>
    </span>
  );
}

function LiveCells({ row, ahead }: { row: MatchRow; ahead: number }) {
  const total = row.stacks.reduce((sum, stack) => sum + stack, 0);
  const own = row.stacks[row.self ?? 0];
  return (
    <>
      <td class="number">
        {own === undefined || total === 0 ? (
          '–'
        ) : (
          <>
            {row.self === null ? inShort(row.stacks) : chips(own)}
            {row.netChips !== null && (
              <span class={`so-far ${toneOf(row.netChips)}`}>{signed(row.netChips)}</span>
            )}
            <span class="share" aria-hidden="true">
              <span style={{ transform: `scaleX(${(own / total).toFixed(3)})` }} />
            </span>
          </>
        )}
      </td>
      <td class="state-cell">
        {row.state.split('.').at(-1)}
        <ClockBar clock={row.clock} ahead={ahead} />
      </td>
    </>
  );
}

/** Where no side is ours: both of two, the largest of more. */
function inShort(stacks: readonly number[]): string {
  return stacks.length === 2 ? stacks.map(chips).join(' / ') : `max ${chips(Math.max(...stacks))}`;
}

const toneOf = (netChips: number | null): string =>
  netChips === null || netChips === 0 ? '' : netChips > 0 ? 'plus' : 'minus';

function EndedCells({ row }: { row: MatchRow }) {
  const { netChips, outcome, note, startedAt, endedAt, stacks, self } = row;
  return (
    <>
      <td class={`number ${toneOf(netChips)}`}>
        {netChips !== null ? signed(netChips) : self === null && stacks.length > 0 ? inShort(stacks) : '–'}
      </td>
      <td class={`state-cell ${outcome}`} title={note ?? ''}>
        {outcome === 'completed' ? elapsed((endedAt ?? startedAt) - startedAt) : 'abandoned'}
      </td>
    </>
  );
}
