/** Where the bots of a session play their matches: each match's bot in a process of its own, in a thread of its own, or all on the agent's thread. */
export type Isolation = 'process' | 'worker' | 'none';

/** Of a bot that is a file: what holds most. On Windows there are no process groups and limits as it needs them. */
export const defaultIsolation = process.platform === 'win32' ? 'worker' : 'process';

/** Of bots that are kept apart. */
export const placeOf = (isolation: Isolation): 'thread' | 'process' =>
  isolation === 'worker' ? 'thread' : 'process';
