import type { ComponentChildren } from 'preact';
import { Controls } from './controls.js';
import { isOver, type PageState } from './state.js';
import { useNow } from './use-now.js';
import { duration, elapsed } from './words.js';

const tones: Readonly<Record<string, string>> = {
  listening: 'good',
  connecting: 'busy',
  authenticating: 'busy',
  starting: 'busy',
  away: 'idle',
  backoff: 'warning',
  evicted: 'error',
  stopped: 'idle',
};

function stateOf({ link, session, kind }: PageState): { text: string; tone: string } {
  if (link === 'connecting') return { text: 'connecting', tone: 'busy' };
  if (link === 'ended') return { text: 'ended', tone: 'error' };
  if (link !== 'open') return { text: 'no connection', tone: 'error' };
  if (kind === 'sandbox') return { text: 'open', tone: 'good' };
  const active = session?.state?.active ?? [];
  return {
    text: active.join(' · ').replace(/^(\w+) · \1\./, '$1 · '),
    tone: tones[active[0] ?? ''] ?? 'warning',
  };
}

export function Header({ state, children }: { state: PageState; children: ComponentChildren }) {
  const now = useNow() + state.ahead;
  const { text, tone } = stateOf(state);
  const { session } = state;
  const retryIn = (session?.retryAt ?? 0) - now;
  return (
    <header>
      <div class="brand">
        <img src="./icon.svg" alt="" width="28" height="28" />
        <h1>{state.kind === 'agent' ? 'chipzen-agent' : 'chipzen sandbox'}</h1>
      </div>
      <span class={`pill ${tone}`} data-testid="session-state">
        {text}
        {retryIn > 0 && (
          <span class="pill-note"> again in {duration(Math.ceil(retryIn / 1_000) * 1_000)}</span>
        )}
      </span>
      {typeof session?.awayWhy === 'string' && <span class="where">{session.awayWhy}</span>}
      <span class="where" title={session?.where}>
        {session?.where}
      </span>
      <span class="uptime">
        {state.startedAt > 0 && state.link === 'open' && (
          <>
            <span class="muted">up </span>
            {elapsed(now - state.startedAt)}
          </>
        )}
      </span>
      {children}
      <Controls
        controls={state.link === 'open' && !isOver(state) ? state.controls : []}
        kind={state.kind}
        session={session}
      />
    </header>
  );
}
