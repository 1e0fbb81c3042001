/** Where the bots of a session play their matches: each match's bot in a process of its own, in a thread of its own, or all on the agent's thread. */
export type Isolation = 'process' | 'worker' | 'none';

/**
 * The default for a bot file: the strongest isolation. On Windows the process groups and limits that `process` needs
 * do not exist.
 */
export const defaultIsolation = process.platform === 'win32' ? 'worker' : 'process';

/** Where an isolated bot runs. */
export const placeOf = (isolation: Isolation): 'thread' | 'process' =>
  isolation === 'worker' ? 'thread' : 'process';
