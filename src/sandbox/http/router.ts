/** Finds the route of a request. */
import { HttpError } from './http-error.js';
import type { Route } from './routes.js';

export interface Found {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
}

/**
 * @param target of the request line.
 * @throws {HttpError} 404 for an unknown path, 405 for a method that the path does not have.
 */
export function findRoute(routes: readonly Route[], method: string, target: string): Found {
  const [path = '', search = ''] = target
    .split('#', 1)
    .join('')
    .split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const found = routes.flatMap((route) => {
    const params = match(route.path.split('/'), path.split('/'));
    return params === null ? [] : [{ route, params, query }];
  });
  if (found.length === 0) throw new HttpError('REQUEST_NOT_FOUND', 'There is nothing at this path.');
  const taken = found.find(({ route }) => route.method === method);
  if (taken !== undefined) return taken;
  const allow = found.map(({ route }) => route.method).join(', ');
  throw new HttpError('REQUEST_METHOD_NOT_ALLOWED', `This path takes ${allow}.`, { allow });
}

function match(pattern: readonly string[], parts: readonly string[]): Map<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (expected.startsWith('{')) {
      const value = decoded(part);
      if (value === '') return null;
      params.set(expected.slice(1, -1), value);
    } else if (part !== expected) {
      return null;
    }
  }
  return params;
}

/** Empty when it cannot be decoded: no id is empty. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
