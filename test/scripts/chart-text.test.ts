import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each(['lobby', 'match'])(
  'the %s chart can be read as text, without running it: nothing is spread or cast',
  (name) => {
    const text = readFileSync(new URL(`../../src/machines/${name}.ts`, import.meta.url), 'utf8');
    // After the call that gathers its guards and actions.
    const [, ...parts] = text.split(/\.extend\(\{$/m);
    const chart = parts.join('').replace(/^[^]*?^\}\);$/m, '');
    expect(chart).toContain('.createMachine({');
    expect(chart.match(/\.\.\.|createStateConfig|as const|satisfies/g)).toBeNull();
  },
);
