/** A chart as text: for the import of Stately Studio, for programs, and as a drawing. */
import type { AnyStateMachine } from 'xstate';
import { drawMermaid } from './mermaid.js';

export const chartFormats = ['ts', 'json', 'mermaid'] as const;

export type ChartFormat = (typeof chartFormats)[number];

type ChartValue = null | boolean | number | string | ChartValue[] | { [key: string]: ChartValue };

/** Where a function stands for an action or a guard, and its name says which. */
const namedKeys: ReadonlySet<string> = new Set(['actions', 'entry', 'exit', 'guard']);

/** Undefined for what is code only: contexts, inputs and outputs that are worked out when the machine runs. */
function copy(value: unknown, key: string): ChartValue | undefined {
  if (typeof value === 'function') {
    if (!namedKeys.has(key)) return undefined;
    const { type, name } = value as { type?: unknown; name: string };
    return { type: typeof type === 'string' ? type : name };
  }
  if (Array.isArray(value)) return value.flatMap((item) => copy(item, key) ?? []);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, item]) => {
        const copied = copy(item, name);
        return copied === undefined ? [] : [[name, copied]];
      }),
    );
  }
  return value as ChartValue | undefined;
}

/** The chart as plain data, which `createMachine` takes: states, transitions, and the names of actions, guards and actors. */
const chartConfigOf = (config: object): { [key: string]: ChartValue } =>
  copy(config, '') as { [key: string]: ChartValue };

/** As people write it: a key that is a name has no quotes. Lines of JSON begin with a key or with a bracket. */
const codeOf = (config: object): string =>
  JSON.stringify(config, null, 2).replaceAll(/^( *)"([A-Za-z_$][\w$]*)":/gm, '$1$2:');

/**
 * Charts in one text, without a line break at the end.
 *
 * - `ts`: a module with a `createMachine` call for each, which Stately Studio imports.
 * - `json`: the configuration of the one chart; of several an object of them, by name.
 * - `mermaid`: a state diagram for each.
 */
export function chartSource(charts: Readonly<Record<string, AnyStateMachine>>, format: ChartFormat): string {
  const all = Object.entries(charts);
  switch (format) {
    case 'ts':
      return [
        "import { createMachine } from 'xstate';",
        ...all.map(
          ([name, { config }]) =>
            `\nexport const ${name}Machine = createMachine(${codeOf(chartConfigOf(config))});`,
        ),
      ].join('\n');
    case 'json': {
      const configs = all.map(([name, { config }]) => [name, chartConfigOf(config)] as const);
      const [only] = configs;
      return JSON.stringify(configs.length === 1 ? only?.[1] : Object.fromEntries(configs), null, 2);
    }
    case 'mermaid':
      return all.map(([, machine]) => drawMermaid(machine)).join('\n\n');
  }
}
