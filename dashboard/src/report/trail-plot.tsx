import { useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import type { VerdictTrail } from '../../../src/report/page-data.js';
import { axis, colour, lineName, Plot, plotDefaults } from '../plot.js';
import { chips, signed } from '../words.js';

const height = 300;
const tableRows = 12;
/** The first intervals are far wider than all that follows: the axis reaches this many times the last ones. */
const reach = 3;
/** Deals and pairs are whole, and so are the marks of their axis. */
const wholeSteps = Array.from({ length: 30 }, (_, at) => ([1, 2, 5][at % 3] ?? 1) * 10 ** Math.floor(at / 3));

/** Differences, or shares of matches, with their intervals as the run went on. */
export function TrailPlot({ trails }: { trails: readonly VerdictTrail[] }) {
  const data = useMemo(() => dataOf(trails), [trails]);
  const [{ unit }] = trails as [VerdictTrail];
  const isShare = isOfShares(trails);
  const text = textOf(isShare);
  const summary = trails
    .map(({ name, n, mean, low, high }) => {
      const at = n.length - 1;
      return `${name} ${text(mean[at])} (${text(low[at])} to ${text(high[at])}) after ${chips(n[at] ?? 0)}`;
    })
    .join('; ');
  return (
    <section class="panel" aria-labelledby="trail-title" data-testid="trail">
      <div class="panel-head">
        <h2 id="trail-title">What was known, in {unit}</h2>
      </div>
      <ul class="legend">
        {trails.map(({ name, mean }, index) => (
          <li key={name}>
            <span class="swatch" style={{ background: `var(${lineName(index)})` }} />
            {name} <b>{text(mean.at(-1))}</b>
          </li>
        ))}
      </ul>
      <Plot
        data={data}
        options={() => optionsOf(trails)}
        height={height}
        shape={JSON.stringify(trails.map(({ name }) => name))}
        summary={`What was known: ${summary}`}
      />
      <p class="muted about">
        The shaded range holds the true {isShare ? 'share' : 'difference'} at all times at once, so that it
        may be looked at whenever one likes. A range that leaves out {isShare ? '50 %' : '0'} is a verdict.
      </p>
      <details>
        <summary>The plot as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="What was known as a table">
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">bot</th>
                {['after', unit, 'from', 'to'].map((heading) => (
                  <th key={heading} scope="col" class="number">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{trails.flatMap((trail) => rowsOf(trail, text))}</tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

const isOfShares = ([first]: readonly VerdictTrail[]): boolean => first?.unit === '% won';

type FigureText = (value: number | null | undefined) => string;

/** A share has no sign. */
const textOf =
  (isShare: boolean): FigureText =>
  (value) => {
    if (value === null || value === undefined) return '–';
    const rounded = Math.round(value * 10) / 10;
    return isShare ? String(rounded) : signed(rounded);
  };

function rowsOf({ name, n, mean, low, high }: VerdictTrail, text: FigureText) {
  const count = Math.min(tableRows, n.length);
  return Array.from({ length: count }, (_, row) => {
    const at = Math.round(((row + 1) * n.length) / count) - 1;
    return (
      <tr key={`${name} ${at}`}>
        <th scope="row">{name}</th>
        <td class="number">{chips(n[at] ?? 0)}</td>
        <td class="number">{text(mean[at])}</td>
        <td class="number">{text(low[at])}</td>
        <td class="number">{text(high[at])}</td>
      </tr>
    );
  });
}

/** Each line is three: the mean, and both ends of its interval. */
function dataOf(trails: readonly VerdictTrail[]): uPlot.AlignedData {
  const tables = trails.map(
    ({ n, mean, low, high }): uPlot.AlignedData => [[...n], [...mean], [...high], [...low]],
  );
  return tables.length === 1 ? (tables[0] as uPlot.AlignedData) : uPlot.join(tables);
}

function rangeOf(trails: readonly VerdictTrail[]): [number, number] {
  const isShare = isOfShares(trails);
  const middle = isShare ? 50 : 0;
  const ends = trails.flatMap(({ mean, low, high }) => [mean.at(-1), low.at(-1), high.at(-1)]);
  const widest = Math.max(1, ...ends.map((end) => Math.abs((end ?? middle) - middle)));
  const half = isShare ? Math.min(50, reach * widest) : reach * widest;
  return [middle - half, middle + half];
}

function optionsOf(trails: readonly VerdictTrail[]): Omit<uPlot.Options, 'width' | 'height'> {
  const range = rangeOf(trails);
  const text = textOf(isOfShares(trails));
  return {
    ...plotDefaults,
    scales: { x: { time: false }, y: { range: () => range } },
    axes: [
      { ...axis(), size: 28, incrs: wholeSteps, values: (_, splits) => splits.map((value) => chips(value)) },
      { ...axis(), size: 66, values: (_, splits) => splits.map(text) },
    ],
    series: [
      {},
      ...trails.flatMap(({ name }, index) => {
        const end = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true };
        return [
          {
            label: name,
            stroke: colour(lineName(index)),
            width: 1.75,
            points: { show: false },
            spanGaps: true,
          },
          { ...end, label: `${name}, upper bound` },
          { ...end, label: `${name}, lower bound` },
        ];
      }),
    ],
    bands: trails.map((_, index) => ({
      series: [3 * index + 2, 3 * index + 3] as [number, number],
      fill: `${colour(lineName(index))}${trails.length === 1 ? '2e' : '1a'}`,
    })),
  };
}
