import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../scripts/charts/draw.js';
import { allBelow, arrowsOf } from '../../../src/inspect/arrows.js';
import { lobbyMachine } from '../../../src/machines/lobby.js';
import { matchMachine } from '../../../src/machines/match.js';

const pathOf = ({ path }: { path: readonly string[] }) => path.join('.');

describe.each([
  ['lobby', lobbyMachine],
  ['match', matchMachine],
] as const)('the drawing of the %s', (name, machine) => {
  it.each([true, false])(
    'has every state and every arrow of the machine (labels: %s)',
    async (isLabelled) => {
      const svg = await drawChart(name, machine, { isLabelled });
      const states = allBelow(machine.root);
      const drawn = Array.from(svg.matchAll(/data-state="([^"]+)"/g), ([, state]) => state);
      expect(drawn.length).toBe(states.length);
      expect(new Set(drawn)).toEqual(new Set(states.map(pathOf)));
      const arrows = states.flatMap(arrowsOf).filter(({ from, to }) => from !== to);
      expect(
        new Set(
          [...svg.matchAll(/data-from="([^"]+)" data-to="([^"]+)"/g)].map(([, from, to]) => `${from} ${to}`),
        ),
      ).toEqual(new Set(arrows.map(({ from, to }) => `${pathOf(from)} ${pathOf(to)}`)));
      // The page's policy lets no inline style or script through.
      expect(svg).not.toMatch(/\sstyle=|<style|<script|\son\w+=/);
      expect(svg.includes('class="label"')).toBe(isLabelled);
    },
  );
});
