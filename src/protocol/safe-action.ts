/**
 * The action that risks nothing among those that are legal: `check`, else `fold`, else the first one offered. The
 * last case keeps other games alive, where check and fold do not exist (docs/protocol.md 9). With nothing offered it
 * is `check`: a server that refuses it says what is legal.
 *
 * @param refused an action that was just refused, which is passed over while there is another.
 */
export function safeAction(validActions: readonly string[], refused?: string): string {
  const candidates = validActions.filter((action) => action !== refused);
  const legal = candidates.length > 0 ? candidates : validActions;
  return ['check', 'fold'].find((action) => legal.includes(action)) ?? legal[0] ?? 'check';
}
