import type { SessionView } from '../../src/dashboard/page-view.js';

export function Bots({ bots }: { bots: SessionView['bots'] }) {
  return (
    <section class="panel" aria-labelledby="bots-title">
      <h2 id="bots-title">Bots</h2>
      {bots.length === 0 ? (
        <p class="empty">No bot has come yet.</p>
      ) : (
        <ul class="bots">
          {bots.map(({ name, online }) => (
            <li key={name}>
              <span class={`pill ${online ? 'good' : 'idle'}`}>{online ? 'online' : 'offline'}</span> {name}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
