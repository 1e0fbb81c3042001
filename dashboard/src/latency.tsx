import { useState } from 'preact/hooks';
import type { LatencyView } from '../../src/report/latency-bars.js';
import { chips, duration, plural } from './words.js';

interface Props {
  latency: LatencyView | undefined;
  total: LatencyView;
}

export function Latency({ latency, total }: Props) {
  const [scope, setScope] = useState<'match' | 'all'>('match');
  const shown = scope === 'match' && latency !== undefined ? latency : total;
  return (
    <section class="panel" aria-labelledby="latency-title" data-testid="latency">
      <div class="panel-head">
        <h2 id="latency-title">Decision latency</h2>
        <div class="switch" role="group" aria-label="of which matches">
          {(['match', 'all'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={scope === one} onClick={() => setScope(one)}>
              {one === 'match' ? 'This match' : 'All'}
            </button>
          ))}
        </div>
      </div>
      {shown.count === 0 ? <p class="empty">No decision has been made yet.</p> : <Bars latency={shown} />}
    </section>
  );
}

function rangeOf(ends: readonly number[], bar: number): string {
  const end = ends[bar];
  return end === undefined ? `over ${duration(ends.at(-1) ?? 0)}` : `up to ${duration(end)}`;
}

/** Where there is no room for all labels, these stay. */
const isMainLabel = (end: number): boolean => Number.isInteger(Math.log10(end));

const short = (ms: number): string => (ms < 1_000 ? String(ms) : `${ms / 1_000}s`);

export function Bars({ latency }: { latency: LatencyView }) {
  const { ends, bot, agent, count, p50, p95, max, budgetMs } = latency;
  const most = Math.max(1, ...bot.map((n, bar) => n + (agent[bar] ?? 0)));
  const bars = bot.length;
  const total = agent.reduce((sum, n) => sum + n, 0);
  const summary = `${plural(count, 'decision')}: half within ${duration(p50)}, 95% within ${duration(p95)}, the slowest ${duration(max)}`;
  const budget = budgetMs === null ? '' : `; the clock is ${duration(budgetMs)}`;
  return (
    <figure class="latency">
      <div class="bars" role="img" aria-label={summary + budget}>
        {bot.map((n, bar) => {
          const late = agent[bar] ?? 0;
          return (
            <div key={rangeOf(ends, bar)} class="column" title={`${rangeOf(ends, bar)}: ${chips(n + late)}`}>
              <span class="bar agent" style={{ height: heightOf(late, most) }} />
              <span class="bar bot" style={{ height: heightOf(n, most) }} />
            </div>
          );
        })}
        {budgetMs !== null && (
          <div
            class={positionOf(budgetMs, ends) < bars / 3 ? 'budget early' : 'budget'}
            style={{ left: `${(positionOf(budgetMs, ends) / bars) * 100}%` }}
          >
            <span>{duration(budgetMs)} clock</span>
          </div>
        )}
      </div>
      <div class="ticks" aria-hidden="true">
        {ends.map((end) => (
          <span
            key={end}
            class={isMainLabel(end) ? '' : 'between'}
            style={{ left: `${(positionOf(end, ends) / bars) * 100}%` }}
          >
            {short(end)}
          </span>
        ))}
      </div>
      <figcaption>
        <span>
          p50 <b>{duration(p50)}</b>
        </span>
        <span>
          p95 <b>{duration(p95)}</b>
        </span>
        <span>
          max <b>{duration(max)}</b>
        </span>
        <span>
          {plural(count, 'decision')}
          {total > 0 && <span class="late">, {chips(total)} answered for the bot</span>}
        </span>
      </figcaption>
    </figure>
  );
}

/** Rare bars stay visible beside tall ones. */
function heightOf(n: number, most: number): string {
  return n === 0 ? '0' : `max(3px, ${((Math.sqrt(n) / Math.sqrt(most)) * 100).toFixed(1)}%)`;
}

/** Where a latency lies, in bars from the left. */
function positionOf(ms: number, ends: readonly number[]): number {
  const bar = ends.findIndex((end) => ms <= end);
  if (bar < 0) return ends.length;
  const from = ends[bar - 1] ?? 0;
  const to = ends[bar] ?? ms;
  // Times grow by powers along the axis, within a bar as well; the first bar begins at none.
  const share = from === 0 ? ms / to : Math.log(ms / from) / Math.log(to / from);
  return bar + share;
}
