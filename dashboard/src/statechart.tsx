import { useEffect, useRef } from 'preact/hooks';
import type { StateView } from '../../src/dashboard/page-view.js';

interface Props {
  title: string;
  small: string;
  full: string;
  state: StateView | null;
}

/** A chart that was drawn at build time; what is active is lit, and what was just passed flashes. */
export function Statechart({ title, small, full, state }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = `chart-${title.toLowerCase()}`;
  const last = state?.trail.at(-1);
  return (
    <section class="panel" aria-labelledby={id} data-testid={id}>
      <div class="panel-head">
        <h2 id={id}>{title} statechart</h2>
        <button type="button" class="small" onClick={() => dialog.current?.showModal()}>
          Enlarge<span class="sr"> the {title.toLowerCase()} statechart</span>
        </button>
      </div>
      <Drawing svg={small} state={state} title={title} />
      <p class="trail">
        {last === undefined ? (
          <span class="muted">{state === null ? 'not running' : 'since the start'}</span>
        ) : (
          <>
            {last.event === '' ? (
              'now in'
            ) : (
              <>
                <code>{last.event}</code> led to
              </>
            )}{' '}
            <b>{last.to}</b>
          </>
        )}
      </p>
      <dialog ref={dialog} class="wide" aria-labelledby={`${id}-full`}>
        <div class="panel-head">
          <h2 id={`${id}-full`}>{title} statechart</h2>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <div class="scroll" tabIndex={0} role="group" aria-label="drawing">
          <Drawing svg={full} state={state} title={title} />
        </div>
      </dialog>
    </section>
  );
}

function isWithin(path: string, state: string): boolean {
  return path === state || path.startsWith(`${state}.`);
}

function light(root: HTMLElement, state: StateView | null): void {
  for (const node of root.querySelectorAll<SVGElement>('[data-state], [data-title]')) {
    const path = node.dataset.state ?? node.dataset.title ?? '';
    node.classList.toggle('active', state?.active.includes(path) ?? false);
  }
}

/** Restarts an animation by name; a browser does that for a new one only. */
function flash(node: SVGElement): void {
  for (const animation of node.getAnimations({ subtree: true })) animation.cancel();
  node.classList.remove('passed');
  requestAnimationFrame(() => node.classList.add('passed'));
}

function pass(root: HTMLElement, { from, to }: StateView['trail'][number]): void {
  for (const edge of root.querySelectorAll<SVGElement>('[data-from]')) {
    const { from: start = '', to: end = '' } = edge.dataset;
    if (isWithin(from, start) && isWithin(to, end)) flash(edge);
  }
  for (const node of root.querySelectorAll<SVGElement>(`[data-state="${CSS.escape(to)}"]`)) flash(node);
}

function Drawing({ svg, state, title }: { svg: string; state: StateView | null; title: string }) {
  const place = useRef<HTMLDivElement>(null);
  const seen = useRef(0);

  useEffect(() => {
    const root = place.current;
    if (root === null) return;
    light(root, state);
    const newest = state?.trail.at(-1)?.n ?? 0;
    // Another match counts from the start: what it did before we looked does not flash.
    if (newest > seen.current && seen.current > 0) {
      for (const step of state?.trail ?? []) if (step.n > seen.current) pass(root, step);
    }
    seen.current = newest;
  }, [state, svg]);

  const active = state?.active.at(-1);
  return (
    <div
      class="drawing"
      ref={place}
      role="img"
      aria-label={`${title}: ${active === undefined ? 'not running' : active.replace('.', ', ')}`}
      // biome-ignore: made at build time, of our own machines
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
