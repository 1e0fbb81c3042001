import { handoverMachine } from '../src/machines/handover.js';
import { lobbyMachine } from '../src/machines/lobby.js';
import { matchMachine } from '../src/machines/match.js';
import { queueMachine } from '../src/machines/queue.js';
import { seasonMachine } from '../src/machines/season.js';
import { drawMachine, insertDiagram } from './mermaid.js';

/** The page with the statecharts as the machines are now. */
export function drawCharts(page: string): string {
  const drawn = {
    lobby: lobbyMachine,
    match: matchMachine,
    season: seasonMachine,
    queue: queueMachine,
    handover: handoverMachine,
  };
  return Object.entries(drawn).reduce(
    (drawing, [name, machine]) => insertDiagram(drawing, name, drawMachine(machine)),
    page,
  );
}
