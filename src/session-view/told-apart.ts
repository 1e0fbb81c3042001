/** Names as people can tell them apart. */

/**
 * The same names in the same order: a name that several have gets a number, from 1 on. The numbers leave out what others
 * are called already.
 *
 * @param others names that belong to somebody else and stay as they are.
 */
export function toldApart(names: readonly string[], others: readonly string[] = []): string[] {
  const taken = new Set([...names, ...others]);
  const next = new Map<string, number>();
  const isShared = (name: string): boolean =>
    others.includes(name) || names.indexOf(name) !== names.lastIndexOf(name);
  return names.map((name) => {
    if (!isShared(name)) return name;
    // The one that is not in the list counts as the first.
    let number = next.get(name) ?? (others.includes(name) ? 2 : 1);
    while (taken.has(`${name} ${number}`)) number += 1;
    next.set(name, number + 1);
    return `${name} ${number}`;
  });
}
