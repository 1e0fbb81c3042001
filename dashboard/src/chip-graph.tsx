import type uPlot from 'uplot';
import type { ChipsView, MatchRow } from '../../src/dashboard/page-view.js';
import { axis, colour, lineName, Plot, plotDefaults } from './plot.js';
import { chips as grouped } from './words.js';

const height = 190;
const noChips: ChipsView = { hands: [], stacks: [] };

/** Our own seat has the first colour. */
function lineOf(seat: number, self: number | null): string {
  return lineName(self === null ? seat : seat === self ? 0 : seat < self ? seat + 1 : seat);
}

function optionsOf(names: string[], self: number | null): Omit<uPlot.Options, 'width' | 'height'> {
  return {
    ...plotDefaults,
    scales: {
      x: { time: false },
      y: { range: (_, min, max) => [Math.min(0, min), Math.max(1, max * 1.06)] },
    },
    axes: [
      {
        ...axis(),
        size: 28,
        // There is nothing between two hands.
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
        values: (_, splits) => splits.map(String),
      },
      { ...axis(), size: 56, values: (_, splits) => splits.map((value) => grouped(value)) },
    ],
    series: [
      {},
      ...names.map((label, seat) => ({
        label,
        stroke: colour(lineOf(seat, self)),
        width: seat === self ? 2.5 : 1.75,
        points: { show: false },
        ...(seat === self && { fill: `${colour('--line-0')}22` }),
      })),
    ],
  };
}

export function ChipGraph({
  row,
  chips = noChips,
}: {
  row: MatchRow | undefined;
  chips: ChipsView | undefined;
}) {
  const self = row?.self ?? null;
  const names = chips.stacks.map((_, seat) => row?.seats[seat] ?? `seat ${seat}`);
  const isEmpty = chips.hands.length === 0;
  const latest = names.map((name, seat) => ({ name, seat, stack: chips.stacks[seat]?.at(-1) ?? 0 }));
  const summary = `Chips after hand ${chips.hands.at(-1) ?? 0}: ${latest.map(({ name, stack }) => `${name} ${grouped(stack)}`).join(', ')}`;
  return (
    <section class="panel" aria-labelledby="chips-title" data-testid="chips">
      <div class="panel-head">
        <h2 id="chips-title">Chips</h2>
        <ul class="legend">
          {latest.map(({ name, seat, stack }) => (
            <li key={seat}>
              <span class="swatch" style={{ background: `var(${lineOf(seat, self)})` }} />
              {name} <b>{grouped(stack)}</b>
            </li>
          ))}
        </ul>
      </div>
      {isEmpty ? (
        <p class="empty">The graph begins with the first hand that is over.</p>
      ) : (
        <Plot
          data={[chips.hands, ...chips.stacks]}
          options={() => optionsOf(names, self)}
          height={height}
          shape={JSON.stringify([names, self, row?.matchId])}
          summary={summary}
        />
      )}
    </section>
  );
}
