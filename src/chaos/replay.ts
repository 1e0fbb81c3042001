/** The command that does it all again. */

/**
 * One command line with the same chaos and the same seed.
 *
 * @param command what comes behind `chipzen-agent`: `['proxy', 'ws://127.0.0.1:8001']`, `['sandbox', '--hands', '5']`.
 * @param chaos name of a profile, or a file.
 */
export function describeReplay(command: readonly string[], chaos: string, seed: string): string {
  return ['chipzen-agent', ...command, '--chaos', chaos, '--seed', seed].map(quote).join(' ');
}

function quote(argument: string): string {
  return /^[\w./:@%+=,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
