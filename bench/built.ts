/** What is measured is what ships: the built package, whatever this folder is run with. */

const dist = (path: string) => new URL(`../dist/${path}`, import.meta.url).href;

export const { createSandbox, createTable } = (await import(
  dist('sandbox/index.js')
)) as typeof import('../src/sandbox/index.js');
export const { createAgent } = (await import(dist('index.js'))) as typeof import('../src/agent/agent.js');
