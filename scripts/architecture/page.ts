import { insertDiagram } from '../mermaid.js';
import { rooms } from './rooms.js';

/** Inner rooms stand under the one that they are in, whose own line comes first. */
function lineOf(path: string, about: string): string {
  const depth = path.split('/').length - 1;
  return `${'  '.repeat(depth > 0 ? 1 : 0)}- \`${path}\`: ${about}`;
}

/** docs/architecture.md with its list of rooms as the house is now. */
export function listRooms(page: string): string {
  const houses = [...new Set(rooms.map(({ path }) => path.split('/')[0] ?? ''))].filter(
    (path) => path !== '',
  );
  const lines = houses.flatMap((house) => {
    const own = rooms.filter(({ path }) => path === house);
    const inner = rooms.filter(({ path }) => path.startsWith(`${house}/`));
    return [...own, ...inner].map(({ path, about }) => lineOf(path, about));
  });
  return insertDiagram(page, 'rooms', ['', ...lines, ''].join('\n'));
}
