/** The self time of each function of this process while it is watched, as the sampling profiler of V8 sees it. */
import { Session } from 'node:inspector/promises';

const defaults = { intervalUs: 100 } as const;

/** A function, by where it begins; what has no file is the engine's own. Lines and columns count from 0. */
export interface SelfTime {
  name: string;
  url: string;
  line: number;
  column: number;
  us: number;
}

/** @returns the function that ends the watch and tells the times. */
export async function watchSelfTimes(): Promise<() => Promise<SelfTime[]>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: defaults.intervalUs });
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    const times = new Map<number, SelfTime>();
    for (const { id, callFrame } of profile.nodes) {
      const { functionName: name, url, lineNumber: line, columnNumber: column } = callFrame;
      times.set(id, { name, url, line, column, us: 0 });
    }
    const deltas = profile.timeDeltas ?? [];
    for (const [place, id] of (profile.samples ?? []).entries()) {
      const time = times.get(id);
      if (time !== undefined) time.us += deltas[place] ?? 0;
    }
    return [...times.values()].filter(({ us }) => us > 0);
  };
}
