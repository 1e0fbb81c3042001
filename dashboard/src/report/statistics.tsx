import type { StatisticsView } from '../../../src/report/page-data.js';
import { Bars } from '../latency.js';
import { chips } from '../words.js';
import { FigureTable } from './figure-table.js';
import { GainPlot } from './gain-plot.js';
import { LatencyPlot } from './latency-plot.js';
import { TrailPlot } from './trail-plot.js';

/** Sums, plots and tables of many matches. */
export function Statistics({ view }: { view: StatisticsView }) {
  const { matches, hands, remarks, gains, latency, latencyLine, tables, tiles, trails = [] } = view;
  return (
    <div class="statistics">
      <section class="tiles" aria-label="Sums">
        <dl>
          {tiles === undefined ? (
            <>
              <Tile name="Matches" value={chips(matches)} />
              <Tile name="Hands" value={chips(hands)} />
              <Net view={view} />
              <Tile
                name="Decisions"
                value={latency === null ? '–' : chips(latency.count)}
                note={
                  latency === null
                    ? 'none is recorded'
                    : `${chips(latency.agent.reduce((a, b) => a + b, 0))} answered for`
                }
              />
            </>
          ) : (
            tiles.map((tile) => <Tile key={tile.name} {...tile} />)
          )}
        </dl>
      </section>
      {remarks.length > 0 && (
        <ul class="panel remarks">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      {trails.length > 0 && <TrailPlot trails={trails} />}
      {gains.length > 0 && <GainPlot groups={gains} />}
      {latency !== null && latencyLine !== null && (
        <div class="pair">
          <section class="panel" aria-labelledby="bars-title">
            <div class="panel-head">
              <h2 id="bars-title">Decision latency</h2>
            </div>
            <Bars latency={latency} />
          </section>
          <LatencyPlot view={latencyLine} />
        </div>
      )}
      {tables.map((table) => (
        <FigureTable key={table.id} table={table} />
      ))}
    </div>
  );
}

const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}`;

function Net({ view: { gains } }: { view: StatisticsView }) {
  const all = gains[0]?.lines[0];
  if (all === undefined || all.per100 === null) return null;
  const { per100, per100Interval } = all;
  const isClear = per100Interval !== null && (per100Interval.low > 0 || per100Interval.high < 0);
  return (
    <Tile
      name="bb/100"
      value={signed(per100)}
      note={
        per100Interval === null
          ? 'one match: no interval'
          : `95 %: ${signed(per100Interval.low)} to ${signed(per100Interval.high)}`
      }
      tone={isClear ? (per100 > 0 ? 'good' : 'bad') : ''}
    />
  );
}

function Tile({
  name,
  value,
  note = '',
  tone = '',
}: {
  name: string;
  value: string;
  note?: string;
  tone?: string;
}) {
  return (
    <div class={`tile ${tone}`}>
      <dt>{name}</dt>
      <dd>
        <span class="value">{value}</span>
        <span class="note">{note}</span>
      </dd>
    </div>
  );
}
