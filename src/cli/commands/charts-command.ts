/** `chipzen-agent charts`: the statecharts as text. */
import { type ChartFormat, chartSource } from '../../inspect/chart-source.js';
import { handoverMachine } from '../../machines/handover.js';
import { lobbyMachine } from '../../machines/lobby.js';
import { matchMachine } from '../../machines/match.js';
import { queueMachine } from '../../machines/queue.js';
import { seasonMachine } from '../../machines/season.js';
import { exitCodes } from '../surroundings/exit-codes.js';
import { type CliIo, printLine } from '../surroundings/surroundings.js';

const machines = {
  lobby: lobbyMachine,
  match: matchMachine,
  season: seasonMachine,
  queue: queueMachine,
  handover: handoverMachine,
} as const;

export type ChartName = keyof typeof machines;

export interface ChartsFlags {
  format: ChartFormat;
  /** The same as the format `json`. */
  json?: boolean;
}

/**
 * Prints them.
 *
 * @param name default: all of them.
 */
export function charts(name: ChartName | undefined, flags: ChartsFlags, io: CliIo): number {
  const format = flags.json === true ? 'json' : flags.format;
  printLine(io.stdout, chartSource(name === undefined ? machines : { [name]: machines[name] }, format));
  return exitCodes.done;
}
