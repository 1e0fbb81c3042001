import { useMemo, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { GainUnit, GainView } from '../../../src/report/gain-line.js';
import type { GainGroup } from '../../../src/report/page-data.js';
import { axis, colour, lineName, Plot, plotDefaults } from '../plot.js';
import { chips, plural, signed } from '../words.js';
import { gainRange } from './gain-range.js';

const height = 300;
const tableRows = 12;

const headings: Readonly<Record<GainGroup['by'], string>> = {
  all: 'All hands',
  opponent: 'By opponent',
  version: 'By version',
};

const units: Readonly<Record<GainUnit, string>> = { chips: 'Chips', blinds: 'Big blinds' };

/** Chips over hands, with the interval in which the sum would lie by chance. */
export function GainPlot({ groups }: { groups: readonly GainGroup[] }) {
  const [by, setBy] = useState<GainGroup['by']>('all');
  const [unit, setUnit] = useState<GainUnit>('chips');
  const group = groups.find((each) => each.by === by) ?? groups[0];
  const lines = group?.lines ?? [];
  const data = useMemo(() => dataOf(lines, unit), [lines, unit]);
  if (group === undefined) return null;
  const summary = lines.map((line) => summaryOf(line, unit)).join('; ');
  return (
    <section class="panel" aria-labelledby="gains-title" data-testid="gains">
      <div class="panel-head">
        <h2 id="gains-title">{units[unit]} over hands</h2>
        <Switch
          label="What the lines are"
          names={Object.fromEntries(groups.map((each) => [each.by, headings[each.by]]))}
          value={by}
          onChange={(next) => setBy(next as GainGroup['by'])}
        />
        <Switch label="Unit" names={units} value={unit} onChange={(next) => setUnit(next as GainUnit)} />
      </div>
      <ul class="legend">
        {lines.map((line, index) => (
          <li key={line.name}>
            <span class="swatch" style={{ background: `var(${lineName(index)})` }} />
            {line.name} <b>{signed(lastOf(line, unit))}</b>{' '}
            <span class="muted">{plural(line.hands, 'hand')}</span>
          </li>
        ))}
      </ul>
      <Plot
        data={data}
        options={() => optionsOf(lines, unit)}
        height={height}
        shape={JSON.stringify([by, unit, lines.map(({ name }) => name)])}
        summary={`${units[unit]} over hands: ${summary}`}
      />
      <p class="muted about">
        The shaded range holds the sum 95 times of 100, each match taken as one value; with one match there is
        none.
        {group.left > 0 && ` ${group.left} more are left out: these have the most hands.`}
      </p>
      <details>
        <summary>The plot as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="The plot as a table">
          <table class="figures">
            <thead>
              <tr>
                <th scope="col">{by === 'all' ? '' : by}</th>
                <th scope="col" class="number">
                  hands
                </th>
                <th scope="col" class="number">
                  {units[unit].toLowerCase()}
                </th>
                <th scope="col" class="number">
                  95 %
                </th>
              </tr>
            </thead>
            <tbody>{lines.flatMap((line) => rowsOf(line, unit))}</tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

interface SwitchProps {
  label: string;
  names: Readonly<Record<string, string>>;
  value: string;
  onChange: (value: string) => void;
}

function Switch({ label, names, value, onChange }: SwitchProps) {
  return (
    <div class="switch" role="group" aria-label={label}>
      {Object.entries(names).map(([each, name]) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => onChange(each)}>
          {name}
        </button>
      ))}
    </div>
  );
}

const lastOf = ({ points }: GainView, unit: GainUnit): number => points[unit].sum.at(-1) ?? 0;

function boundsAt({ points }: GainView, unit: GainUnit, index: number): string {
  const low = points[unit].low.at(index) ?? null;
  const high = points[unit].high.at(index) ?? null;
  return low === null || high === null ? '–' : `${signed(low)} to ${signed(high)}`;
}

function summaryOf(line: GainView, unit: GainUnit): string {
  const bounds = boundsAt(line, unit, -1);
  const range = bounds === '–' ? '' : `, interval ${bounds}`;
  return `${line.name} ${signed(lastOf(line, unit))} after ${plural(line.hands, 'hand')}${range}`;
}

/** Points at equal distances, the last one included. */
function rowsOf(line: GainView, unit: GainUnit) {
  const { hands, sum } = line.points[unit];
  const count = Math.min(tableRows, hands.length);
  const places = Array.from(
    { length: count },
    (_, row) => Math.round(((row + 1) * hands.length) / count) - 1,
  );
  return places.map((at) => (
    <tr key={`${line.name} ${at}`}>
      <th scope="row">{line.name}</th>
      <td class="number">{chips(hands[at] ?? 0)}</td>
      <td class="number">{signed(sum[at] ?? 0)}</td>
      <td class="number">{boundsAt(line, unit, at)}</td>
    </tr>
  ));
}

/** Each line is three: the sum, and both ends of its interval. */
function dataOf(lines: readonly GainView[], unit: GainUnit): uPlot.AlignedData {
  const tables = lines.map(({ points }): uPlot.AlignedData => {
    const { hands, sum, low, high } = points[unit];
    return [[...hands], [...sum], [...high], [...low]];
  });
  return tables.length === 1 ? (tables[0] as uPlot.AlignedData) : uPlot.join(tables);
}

function optionsOf(lines: readonly GainView[], unit: GainUnit): Omit<uPlot.Options, 'width' | 'height'> {
  const range = gainRange(lines.map(({ points }) => points[unit]));
  return {
    ...plotDefaults,
    scales: { x: { time: false }, y: { range: () => range } },
    axes: [
      {
        ...axis(),
        size: 28,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 1e7],
        values: (_, splits) => splits.map((value) => chips(value)),
      },
      { ...axis(), size: 66, values: (_, splits) => splits.map((value) => signed(value)) },
    ],
    series: [
      {},
      ...lines.flatMap(({ name }, index) => {
        const stroke = colour(lineName(index));
        const end = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true };
        return [
          { label: name, stroke, width: 1.75, points: { show: false }, spanGaps: true },
          { ...end, label: `${name}, upper bound` },
          { ...end, label: `${name}, lower bound` },
        ];
      }),
    ],
    bands: lines.map((_, index) => ({
      series: [3 * index + 2, 3 * index + 3] as [number, number],
      fill: `${colour(lineName(index))}${lines.length === 1 ? '2e' : '1a'}`,
    })),
  };
}
