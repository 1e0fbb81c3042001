import { inspect } from 'node:util';

/** Makes `console.log` and `JSON.stringify` show `[hidden]` for the token. Copies of the object lose this. */
export function hideToken<T extends { token: string | null }>(holder: T): T {
  const shown = () => ({ ...holder, token: holder.token === null ? null : '[hidden]' });
  return Object.defineProperties(holder, { toJSON: { value: shown }, [inspect.custom]: { value: shown } });
}
