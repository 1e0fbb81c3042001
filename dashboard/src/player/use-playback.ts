import { useCallback, useEffect, useState } from 'preact/hooks';

/** Milliseconds for a step at speed 1. */
const stepMs = 1_200;

export const speeds = [0.5, 1, 2, 4] as const;

export interface Playback {
  readonly step: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly goTo: (step: number) => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: number) => void;
}

/**
 * Which step of a hand is shown. Playing goes from step to step, and at the end to the next hand.
 *
 * @param hand its identity: another one begins with its first step.
 * @param next shows the next hand; false: there is none.
 */
export function usePlayback(hand: string, steps: number, next: () => boolean): Playback {
  const [at, setAt] = useState({ hand, step: 0 });
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const step = at.hand === hand ? Math.min(at.step, steps - 1) : 0;

  const goTo = useCallback(
    (wanted: number) => setAt({ hand, step: Math.max(0, Math.min(steps - 1, wanted)) }),
    [hand, steps],
  );

  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      if (step < steps - 1) goTo(step + 1);
      else if (!next()) setPlaying(false);
    }, stepMs / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, hand, step, steps, speed, goTo, next]);

  const toggle = useCallback(() => setPlaying((before) => !before), []);
  return { step, isPlaying, speed, goTo, toggle, setSpeed };
}
