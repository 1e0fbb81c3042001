/** The command that does it all again. */

/**
 * One command line with the same chaos and the same seed.
 *
 * @param command what comes behind `chipzen-agent`: `['proxy', 'ws://127.0.0.1:8001']`, `['sandbox', '--hands', '5']`.
 * @param chaos name of a profile, or a file; null: none.
 */
export function describeReplay(command: readonly string[], chaos: string | null, seed: string): string {
  const chosen = chaos === null ? [] : ['--chaos', chaos];
  return ['chipzen-agent', ...command, ...chosen, '--seed', seed].map(quote).join(' ');
}

function quote(argument: string): string {
  return /^[\w./:@%+=,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
