import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawCharts } from '../../scripts/chart-page.js';

describe('the page of the statecharts', () => {
  it('has them as the machines are (npm run diagrams)', () => {
    const page = readFileSync(new URL('../../docs/statecharts.md', import.meta.url), 'utf8');
    expect(page).toContain('stateDiagram-v2');
    expect(page).toBe(drawCharts(page));
  });
});
