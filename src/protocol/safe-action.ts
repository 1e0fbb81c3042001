/**
 * The legal action that risks nothing: `check`, else `fold`, else the first one offered. The last case is for other
 * games, which have neither check nor fold (docs/protocol.md 9). With nothing offered it is `check`: a server that
 * refuses it says what is legal.
 */
export function safeAction(validActions: readonly string[]): string {
  return ['check', 'fold'].find((action) => validActions.includes(action)) ?? validActions[0] ?? 'check';
}

const free: readonly string[] = ['check', 'fold'];
const costly: readonly string[] = ['call', 'raise', 'bet', 'all_in'];

/**
 * What to answer after `refused` was rejected: the safe action among the others. A rejected check or fold is not
 * replaced by an action that costs chips. Null when nothing is left: then the server plays for the seat when its
 * clock runs out.
 */
export function saferAction(validActions: readonly string[], refused: string): string | null {
  const tooDear = free.includes(refused) ? costly : [];
  const others = validActions.filter((action) => action !== refused && !tooDear.includes(action));
  return others.length > 0 ? safeAction(others) : null;
}
