import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { ChipsView, MatchRow } from '../../src/dashboard/page-view.js';
import { useScheme } from './use-scheme.js';
import { chips as grouped } from './words.js';

const height = 190;
const noChips: ChipsView = { hands: [], stacks: [] };

/** The colours of the seats are those of the style sheet. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Our own seat has the first colour. */
function lineOf(seat: number, self: number | null): string {
  const order = self === null ? seat : seat === self ? 0 : seat < self ? seat + 1 : seat;
  return colour(`--line-${order % 6}`);
}

function optionsOf(width: number, names: string[], self: number | null): uPlot.Options {
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--grid'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
  };
  return {
    width,
    height,
    legend: { show: false },
    padding: [10, 14, 0, 0],
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: { time: false },
      y: { range: (_, min, max) => [Math.min(0, min), Math.max(1, max * 1.06)] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        // There is nothing between two hands.
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
        values: (_, splits) => splits.map(String),
      },
      { ...axis, size: 56, values: (_, splits) => splits.map((value) => grouped(value)) },
    ],
    series: [
      {},
      ...names.map((label, seat) => ({
        label,
        stroke: lineOf(seat, self),
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
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const scheme = useScheme();
  const self = row?.self ?? null;
  const names = chips.stacks.map((_, seat) => row?.seats[seat] ?? `seat ${seat}`);
  const isEmpty = chips.hands.length === 0;

  useEffect(() => {
    const element = place.current;
    if (element === null || isEmpty) return;
    const made = new uPlot(
      optionsOf(element.clientWidth, names, self),
      [chips.hands, ...chips.stacks],
      element,
    );
    plot.current = made;
    const resize = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
      plot.current = null;
    };
    // Data goes in below: a plot is made anew only when its lines are others.
  }, [scheme, isEmpty, names.join('\n'), self, row?.matchId]);

  useEffect(() => plot.current?.setData([chips.hands, ...chips.stacks]), [chips]);

  const latest = names.map((name, seat) => ({ name, seat, stack: chips.stacks[seat]?.at(-1) ?? 0 }));
  const summary = `Chips after hand ${chips.hands.at(-1) ?? 0}: ${latest.map(({ name, stack }) => `${name} ${grouped(stack)}`).join(', ')}`;
  return (
    <section class="panel" aria-labelledby="chips-title" data-testid="chips">
      <div class="panel-head">
        <h2 id="chips-title">Chips</h2>
        <ul class="legend">
          {latest.map(({ name, seat, stack }) => (
            <li key={seat}>
              <span class="swatch" style={{ background: lineOf(seat, self) }} />
              {name} <b>{grouped(stack)}</b>
            </li>
          ))}
        </ul>
      </div>
      {isEmpty ? (
        <p class="empty">The graph begins with the first hand that is over.</p>
      ) : (
        <div class="graph" ref={place} role="img" aria-label={summary} />
      )}
    </section>
  );
}
