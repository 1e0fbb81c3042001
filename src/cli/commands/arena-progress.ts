/** One line on the terminal that says how far an arena is. */
import type { ArenaContrast, ArenaResult } from '../../arena/arena-result.js';
import type { CliIo } from '../surroundings/surroundings.js';
import { type ProgressLine, progressLine } from './progress-line.js';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export interface ArenaProgressLine extends Omit<ProgressLine, 'draw'> {
  show: (soFar: ArenaResult) => void;
}

/** @param endsByVerdict the number of pairs is the most, and not what will be played. */
export function showArenaProgress(io: CliIo, endsByVerdict: boolean): ArenaProgressLine {
  const { draw, beside, end } = progressLine(io);
  return { show: (soFar) => draw(arenaProgress(soFar, endsByVerdict)), beside, end };
}

export function arenaProgress(soFar: ArenaResult, endsByVerdict: boolean): string {
  const { pairings, terms, playedNow, elapsedMs } = soFar;
  const pairs = pairings.reduce((sum, pairing) => sum + pairing.pairs, 0);
  const perSecond = elapsedMs > 0 ? (playedNow * 1_000) / elapsedMs : 0;
  const contrasts = pairings.flatMap((pairing) => pairing.contrasts);
  const [only] = contrasts;
  return [
    `${whole.format(pairs)} ${terms.mode === 'deals' ? 'deals' : 'pairs'}`,
    `${whole.format(perSecond)}/s`,
    contrasts.length === 1 && only !== undefined ? levelWords(only) : decidedWords(contrasts),
    `${leftWords(soFar, perSecond, endsByVerdict)} left`,
  ].join(', ');
}

function levelWords({ verdict: { mean, interval, unit } }: ArenaContrast): string {
  const scale = unit === 'share' ? 100 : 1;
  const text = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value * scale).toFixed(1)}`;
  if (mean === null) return 'nothing known';
  const bounds = interval === null ? '' : ` (${text(interval.low)} to ${text(interval.high)})`;
  return `${text(mean)} ${unit === 'share' ? '%' : unit}${bounds}`;
}

const decidedWords = (contrasts: readonly ArenaContrast[]): string =>
  `${contrasts.filter(({ verdict }) => verdict.reason === null).length} of ${contrasts.length} decided`;

function leftWords({ pairings, terms }: ArenaResult, perSecond: number, endsByVerdict: boolean): string {
  const all = pairings.reduce((sum, { pairs }) => sum + terms.pairs - pairs, 0);
  const most = durationWords(all / perSecond);
  if (perSecond <= 0) return 'cannot say how much is';
  if (!endsByVerdict) return `about ${most}`;
  // The slowest decision ends it, and pairings are played in turn.
  const mores = pairings.flatMap(({ contrasts }) =>
    contrasts.filter(({ verdict }) => verdict.reason !== null).map(({ verdict }) => verdict.more),
  );
  if (mores.includes(null)) return 'cannot say how much is';
  const secondsOf = (more: number): number => (more * pairings.length) / perSecond;
  const low = Math.max(0, ...mores.map((more) => more?.low ?? 0));
  const highs = mores.map((more) => more?.high ?? null);
  const high = highs.includes(null) ? null : Math.max(0, ...highs.map((one) => one ?? 0));
  if (high === null) return `${durationWords(secondsOf(low))} or more`;
  const [from, to] = [durationWords(secondsOf(low)), durationWords(secondsOf(high))];
  return from === to ? `about ${from}` : `${from} to ${to}`;
}

function durationWords(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'a long time';
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}
