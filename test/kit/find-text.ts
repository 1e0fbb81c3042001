/** Where a text can be reached from a value: own properties of every kind, map and set entries, getters included. */
export function findText(text: string) {
  const visited = new WeakSet<object>();

  function children(value: object): [string, unknown][] {
    const own = Reflect.ownKeys(value).map((key): [string, unknown] => {
      try {
        return [String(key), (value as Record<PropertyKey, unknown>)[key]];
      } catch {
        return [String(key), undefined];
      }
    });
    if (value instanceof Map)
      return [...own, ...[...value].map(([key, item]): [string, unknown] => ['entry', [key, item]])];
    if (value instanceof Set) return [...own, ...[...value].map((item): [string, unknown] => ['item', item])];
    return own;
  }

  /** Paths to the text from here; what an earlier call visited is not visited again. */
  return (root: unknown, name: string): string[] => {
    const found: string[] = [];
    const queue: [string, unknown][] = [[name, root]];
    for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
      const [path, value] = entry;
      if (path.includes(text) || (typeof value === 'string' && value.includes(text))) found.push(path);
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || visited.has(value))
        continue;
      visited.add(value);
      for (const [key, child] of children(value)) queue.push([`${path}.${key}`, child]);
    }
    return found;
  };
}
