import type { Opening, SessionView } from '../../src/dashboard/page-view.js';
import { chips, duration, signed } from './words.js';

interface Tile {
  name: string;
  value: string;
  note?: string;
  tone?: 'good' | 'bad' | 'warning';
}

function worry(n: number, name: string, note = ''): Tile {
  return { name, value: chips(n), note, ...(n > 0 && { tone: 'warning' as const }) };
}

function tilesOf(kind: Opening['kind'], session: SessionView): Tile[] {
  const { live, completed, abandoned, netChips, liveNetChips, hands, turns, latency } = session;
  const net = netChips === null ? null : netChips + (liveNetChips ?? 0);
  return [
    { name: 'Live', value: chips(live), note: `${chips(completed)} completed` },
    ...(net === null
      ? []
      : [
          {
            name: 'Net chips',
            value: signed(net),
            note: live === 0 ? '' : `${signed(liveNetChips ?? 0)} in live matches`,
            ...(net !== 0 && { tone: net > 0 ? ('good' as const) : ('bad' as const) }),
          },
        ]),
    { name: 'Hands', value: chips(hands) },
    {
      name: 'Decisions',
      value: chips(turns),
      note: latency.count === 0 ? '' : `95% within ${duration(latency.p95)}`,
    },
    worry(session.reconnects, 'Reconnects'),
    worry(
      session.fallbacks,
      'Fallbacks',
      kind === 'agent' ? 'answered for the bot' : 'played by the platform',
    ),
    worry(
      session.rejections,
      'Rejections',
      kind === 'agent' ? `${chips(session.corrections)} corrected before` : '',
    ),
    worry(abandoned, 'Abandoned'),
  ];
}

export function Tiles({ kind, session }: { kind: Opening['kind']; session: SessionView }) {
  return (
    <section class="tiles" aria-label="Session">
      <dl>
        {tilesOf(kind, session).map(({ name, value, note, tone }) => (
          <div key={name} class={`tile ${tone ?? ''}`}>
            <dt>{name}</dt>
            <dd>
              <span class="value">{value}</span>
              <span class="note">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
