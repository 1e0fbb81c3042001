/**
 * The rooms of the house: every folder of `src`, from the ground up. A room uses only rooms that stand before it in this
 * list (docs/architecture.md, test/rooms.test.ts).
 */
export interface Room {
  /** Its folder in `src`; a file belongs to the innermost room that holds it. */
  readonly path: string;
  /** What lives there, in one line. */
  readonly about: string;
}

export const rooms: readonly Room[] = [
  {
    path: 'protocol',
    about: 'what goes over the wire: frames read and written, close codes, credentials, errors, events',
  },
  { path: 'files', about: 'what a path leads to' },
  { path: 'time', about: 'clocks and timers, the process’s own and virtual ones, and what took how long' },
  { path: 'chance', about: 'seeded numbers' },
  {
    path: 'holdem',
    about: 'the table as typed facts, and the words that bots share: cards, actions, the state of a turn',
  },
  {
    path: 'session-view',
    about: 'one fold of a session’s events and frames into plain data, for whatever shows it',
  },
  { path: 'bot', about: 'what an author writes: the class, its hooks, a turn' },
  { path: 'house', about: 'the bots that come along' },
  { path: 'machines', about: 'the two charts: lobby and match' },
  { path: 'io/sockets', about: 'the socket ports: dialing, watching, reconnecting' },
  { path: 'io/settings', about: 'from options, environment and chipzen.toml to a session' },
  { path: 'io/hosting', about: 'the bot port on this thread: loading, asking, waiting' },
  { path: 'io/hosting/threads', about: 'a bot in a thread of its own' },
  { path: 'io/hosting/processes', about: 'a bot in a process of its own' },
  { path: 'io/hosting/pool', about: 'the bot port over many threads or processes' },
  { path: 'io/hosting/remote', about: 'bots at workers, over NATS' },
  { path: 'io/reports', about: 'the reporter port: events told, logged, put in words' },
  { path: 'io/output', about: 'standard output that never blocks' },
  { path: 'io', about: 'the public entry of the ports' },
  { path: 'chaos', about: 'a proxy that breaks connections on purpose' },
  { path: 'sandbox/terms', about: 'options, events and players of the local platform' },
  { path: 'sandbox/wire', about: 'frames and sockets as the local platform has them' },
  {
    path: 'sandbox/memory',
    about: 'who has an account, and what the local platform remembers of a former life',
  },
  { path: 'sandbox/match', about: 'a match: seats, turns, forfeits, its end' },
  { path: 'sandbox/doors', about: 'the lobby and the gateway' },
  { path: 'sandbox/http', about: 'the HTTP surface' },
  { path: 'sandbox', about: 'the local platform as a whole' },
  { path: 'testing', about: 'the charts as models, and ports to play them with' },
  { path: 'web', about: 'one server for this machine only, and one stream of events to its pages' },
  { path: 'inspect', about: 'the bridge to the Stately inspector' },
  { path: 'agent', about: 'from a bot and options to a running session' },
  { path: 'dashboard', about: 'the page that shows a session or a platform' },
  { path: 'cli/surroundings', about: 'the process: streams, signals, exit codes' },
  { path: 'cli/live', about: 'the live table in the terminal' },
  { path: 'cli/commands', about: 'the commands, a file each' },
  { path: 'cli', about: 'the program' },
  { path: '', about: 'the public entry' },
];

/** The innermost room that holds this file of `src`. */
export function roomOf(path: string): string {
  const holding = rooms.filter((room) => room.path !== '' && path.startsWith(`${room.path}/`));
  return holding.reduce((inner, room) => (room.path.length > inner.length ? room.path : inner), '');
}

/** Where a room stands, from the ground up. */
export function floorOf(room: string): number {
  return rooms.findIndex(({ path }) => path === room);
}
