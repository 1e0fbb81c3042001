/**
 * The legal action that risks nothing at a poker table: `check`, else `fold`, else the first one offered. With nothing
 * offered it is `check`: a server that refuses it says what is legal.
 */
export function safeAction(validActions: readonly string[]): string {
  return ['check', 'fold'].find((action) => validActions.includes(action)) ?? validActions[0] ?? 'check';
}

/** `draw` without parameters stands pat (docs/protocol.md 9). */
const freeAnywhere: readonly string[] = ['check', 'fold', 'draw'];

/**
 * The action that risks nothing at a table of another game and is legal without parameters; null when none is offered: then
 * only the bot or the server knows what is legal.
 */
export function freeAction(validActions: readonly string[]): string | null {
  return freeAnywhere.find((action) => validActions.includes(action)) ?? null;
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
