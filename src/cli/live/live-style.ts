/** Colours, if they are wanted. */
import type { EnvironmentVariables } from '../../network/environment-variables.js';

const tones = { strong: 1, faint: 2, bad: 31, good: 32, warn: 33 } as const;

export type Tone = keyof typeof tones;

/** Colours text with a tone; returns it unchanged without colours. */
export type Paint = (text: string, tone: Tone | null) => string;

const off: ReadonlySet<string> = new Set(['0', 'false']);

/** Whether a terminal gets colours: `FORCE_COLOR` decides, then `NO_COLOR` (no-color.org), then `TERM`. */
export function wantsColour({
  FORCE_COLOR: forced,
  NO_COLOR: none,
  TERM: term,
}: EnvironmentVariables): boolean {
  if (forced !== undefined) return !off.has(forced);
  return (none ?? '') === '' && term !== 'dumb';
}

export function paintOf(hasColour: boolean): Paint {
  if (!hasColour) return (text) => text;
  return (text, tone) => (tone === null || text === '' ? text : `\u001b[${tones[tone]}m${text}\u001b[0m`);
}
