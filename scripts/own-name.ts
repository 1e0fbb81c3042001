import { fileURLToPath } from 'node:url';

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** In tests the name of this package, by which the loader of bot files finds it, means its sources. */
export const ownName = [
  { find: /^chipzen-agent$/, replacement: source('index.ts') },
  { find: /^chipzen-agent\/holdem$/, replacement: source('holdem/index.ts') },
  { find: /^chipzen-agent\/platform$/, replacement: source('platform/index.ts') },
  { find: /^chipzen-agent\/sandbox$/, replacement: source('sandbox/index.ts') },
  { find: /^chipzen-agent\/testing$/, replacement: source('testing/index.ts') },
];
