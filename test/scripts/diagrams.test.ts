import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawReadme } from '../../scripts/readme-diagrams.js';

describe('the statecharts in the README', () => {
  it('are those of the machines (npm run diagrams)', () => {
    const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(page).toBe(drawReadme(page));
  });
});
