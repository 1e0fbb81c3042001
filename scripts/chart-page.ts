import { lobbyMachine } from '../src/machines/lobby.js';
import { matchMachine } from '../src/machines/match.js';
import { drawMachine, insertDiagram } from './mermaid.js';

/** The page with both statecharts as the machines are now. */
export function drawCharts(page: string): string {
  return insertDiagram(
    insertDiagram(page, 'lobby', drawMachine(lobbyMachine)),
    'match',
    drawMachine(matchMachine),
  );
}
