/**
 * Starts the program. Nothing else is loaded before the signal handlers are set: the first process of a container (PID 1)
 * does not get a signal without a handler.
 */
import { watchSignals } from './surroundings/signals.js';

export async function runWithSignals(): Promise<void> {
  const signals = watchSignals();
  const { start } = await import('./process.js');
  await start(signals);
}
