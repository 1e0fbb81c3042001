import type { StateView } from './page-view.js';

const defaults = { keptTransitions: 8 } as const;

export interface StateTrail {
  readonly view: StateView;
  /** Takes the value of a snapshot. Returns whether it has changed. */
  move(value: unknown, event: string, at: number): boolean;
}

/** The active states of an XState value, the outermost first: `{ playing: 'deciding' }` has two. */
export function pathsOf(value: unknown, above = ''): string[] {
  if (typeof value === 'string') return [above + value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => [above + key, ...pathsOf(below, `${above}${key}.`)]);
}

/** Follows one statechart. */
export function createStateTrail(value: unknown, at: number): StateTrail {
  let known = value;
  let key = pathsOf(value).join(' ');
  let view: StateView = { active: pathsOf(value), since: at, trail: [] };

  return {
    get view() {
      return view;
    },
    move(next, event, now) {
      // Most events do not change the value.
      if (next === known) return false;
      known = next;
      const active = pathsOf(next);
      const nextKey = active.join(' ');
      if (nextKey === key) return false;
      key = nextKey;
      const step = {
        n: (view.trail.at(-1)?.n ?? 0) + 1,
        from: view.active.at(-1) ?? '',
        to: active.at(-1) ?? '',
        event,
        at: now,
      };
      view = { active, since: now, trail: [...view.trail, step].slice(-defaults.keptTransitions) };
      return true;
    },
  };
}
