/** Part of `npm run build`: draws both statecharts for the dashboard, small and in full. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { lobbyMachine } from '../../src/machines/lobby.js';
import { matchMachine } from '../../src/machines/match.js';
import { drawChart } from './draw.js';

const folder = new URL('../../dashboard/generated/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, machine] of Object.entries({ lobby: lobbyMachine, match: matchMachine })) {
  for (const [file, isLabelled] of [
    [name, false],
    [`${name}-full`, true],
  ] as const) {
    writeFileSync(new URL(`${file}.svg`, folder), await drawChart(file, machine, { isLabelled }));
  }
}
