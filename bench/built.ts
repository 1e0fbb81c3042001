/** What is measured is what ships: the built package, whatever this folder is run with. */
import { agentOf } from './agent-of.js';

const dist = (path: string) => new URL(`../dist/${path}`, import.meta.url).href;

export const { createSandbox, createTable, houseBots } = (await import(
  dist('sandbox/index.js')
)) as typeof import('../src/sandbox/index.js');
export const { runArena } = (await import(dist('arena/index.js'))) as typeof import('../src/arena/index.js');
export const createAgent = await agentOf();
