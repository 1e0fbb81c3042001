import { insertDiagram } from '../mermaid.js';
import { rooms } from './rooms.js';

/** docs/architecture.md with its list of rooms as the house is now. */
export function listRooms(page: string): string {
  const lines = rooms.filter(({ path }) => path !== '').map(({ path, about }) => `- \`${path}\`: ${about}`);
  return insertDiagram(page, 'rooms', ['', ...lines, ''].join('\n'));
}
