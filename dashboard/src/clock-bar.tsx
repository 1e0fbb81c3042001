import type { MatchRow } from '../../src/dashboard/page-view.js';
import { duration } from './words.js';

/** Runs down by itself, as an animation that needs no script; `ahead` is how far the server's clock is ahead. */
export function ClockBar({ clock, ahead }: { clock: MatchRow['clock']; ahead: number }) {
  if (clock === null) return <span class="clock" />;
  const { endsAt, ms } = clock;
  const gone = Math.max(0, Date.now() + ahead - (endsAt - ms));
  return (
    <span class="clock on" role="img" aria-label={`clock of ${duration(ms)} is running`}>
      <span
        key={endsAt}
        class="run"
        style={{ animationDuration: `${ms}ms`, animationDelay: `-${Math.round(gone)}ms` }}
      />
    </span>
  );
}
