import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { LatencyLineView } from '../../../src/report/latency-line.js';
import { axis, colour, Plot, plotDefaults } from '../plot.js';
import { chips, duration } from '../words.js';

const height = 170;
const tableRows = 12;

/** A logarithmic axis has no 0. */
const leastMs = 0.05;

/** How long decisions took as time went on, beside the clock. */
export function LatencyPlot({ view }: { view: LatencyLineView }) {
  const { decisions, half, slowest, clock } = view;
  const hasClock = clock.some((ms) => ms !== null);
  const data = useMemo((): uPlot.AlignedData => {
    const drawn = (values: readonly (number | null)[]) =>
      values.map((ms) => (ms === null ? null : Math.max(leastMs, ms)));
    return [[...decisions], drawn(slowest), drawn(half), drawn(clock)];
  }, [view]);
  const last = decisions.at(-1) ?? 0;
  const worst = Math.max(0, ...slowest);
  return (
    <section class="panel" aria-labelledby="pace-title" data-testid="pace">
      <div class="panel-head">
        <h2 id="pace-title">Latency over decisions</h2>
        <ul class="legend">
          <li>
            <span class="swatch" style={{ background: 'var(--line-1)' }} />
            slowest
          </li>
          <li>
            <span class="swatch" style={{ background: 'var(--line-0)' }} />
            half within
          </li>
          {hasClock && (
            <li>
              <span class="swatch" style={{ background: 'var(--error)' }} />
              clock
            </li>
          )}
        </ul>
      </div>
      <Plot
        data={data}
        options={() => optionsOf()}
        height={height}
        shape={String(hasClock)}
        summary={`Latency over ${chips(last)} decisions: the slowest ${duration(worst)}`}
      />
      <details>
        <summary>The plot as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Latencies as a table">
          <table class="figures">
            <thead>
              <tr>
                {['decisions', 'half within', 'slowest', 'clock'].map((heading) => (
                  <th key={heading} scope="col" class="number">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{rowsOf(view)}</tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

/** Stretches of equal length: the slowest of each is told, not that of a sample. */
function rowsOf({ decisions, half, slowest, clock }: LatencyLineView) {
  const count = Math.min(tableRows, decisions.length);
  return Array.from({ length: count }, (_, row) => {
    const from = Math.round((row * decisions.length) / count);
    const to = Math.round(((row + 1) * decisions.length) / count);
    const own = clock.slice(from, to).filter((ms) => ms !== null);
    const halves = half.slice(from, to).toSorted((a, b) => a - b);
    return (
      <tr key={row}>
        <td class="number">
          {chips((decisions[from - 1] ?? 0) + 1)} to {chips(decisions[to - 1] ?? 0)}
        </td>
        <td class="number">{duration(halves[Math.floor(halves.length / 2)] ?? 0)}</td>
        <td class="number">{duration(Math.max(...slowest.slice(from, to)))}</td>
        <td class="number">{own.length === 0 ? '–' : duration(Math.min(...own))}</td>
      </tr>
    );
  });
}

function optionsOf(): Omit<uPlot.Options, 'width' | 'height'> {
  const points = { show: false };
  return {
    ...plotDefaults,
    scales: { x: { time: false }, y: { distr: 3 } },
    axes: [
      {
        ...axis(),
        size: 28,
        values: (_, splits) => splits.map((value) => (Number.isInteger(value) ? chips(value) : '')),
      },
      { ...axis(), size: 58, values: (_, splits) => splits.map((ms) => (ms === null ? '' : duration(ms))) },
    ],
    series: [
      {},
      { label: 'slowest', stroke: colour('--line-1'), width: 1.25, points },
      { label: 'half within', stroke: colour('--line-0'), width: 1.75, points },
      { label: 'clock', stroke: colour('--error'), width: 1.5, dash: [6, 4], points },
    ],
  };
}
