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
    about:
      'what goes over the wire: frames and how they are read and written, close codes, paths, credentials; errors and events',
  },
  { path: 'files', about: 'what kind of file a path leads to, and folders and files that are made whole' },
  {
    path: 'scaffold',
    about:
      'new projects for bots, made of the files in `templates`, and what a project of the official SDK needs',
  },
  { path: 'time', about: 'clocks and timers, real and virtual, and the histogram of latencies' },
  { path: 'chance', about: 'seeded random numbers' },
  {
    path: 'statistics',
    about: 'sums that can be added up, and what is known of a figure: means, shares, intervals',
  },
  {
    path: 'network',
    about: 'the way to other machines: proxies, address families, what a refusal says about waiting',
  },
  {
    path: 'holdem',
    about:
      'the poker table, which records what happens as typed facts; and the words that bots share: cards, actions, the state of a turn',
  },
  {
    path: 'session-view',
    about:
      'one picture of a running session as plain data, folded from its events and frames, for whatever shows it',
  },
  { path: 'records', about: 'public records of matches: their hands in two shapes, and ratings' },
  { path: 'bot', about: 'what a bot author writes against: the class `Bot`, its hooks, a turn' },
  {
    path: 'store',
    about:
      'what bots keep over matches and sessions: one writer with its file, and copies for bots that are kept apart',
  },
  { path: 'house', about: 'the bots that ship with the package, to play against' },
  {
    path: 'statechart',
    about:
      'any XState machine with the steps of its chart looked up in tables; it behaves as the machine does',
  },
  {
    path: 'budget',
    about:
      'what a bot uses of its day in UTC: matches, lobby hours, dials, refused challenges; counted in a file that survives restarts',
  },
  {
    path: 'machines',
    about: 'the statecharts: lobby, match, season, queue, handover; they do no IO and talk to ports',
  },
  { path: 'io/sockets', about: 'the socket ports: they dial, watch a connection, and turn text into frames' },
  { path: 'io/settings', about: 'options, environment variables and `chipzen.toml`, read and checked' },
  {
    path: 'io/hosting/code',
    about: 'the source files of a bot: loaded once, and kept as they were for those who load it later',
  },
  { path: 'io/hosting', about: 'the bot port: a bot file is loaded, and its bot asked, on this thread' },
  {
    path: 'io/hosting/threads',
    about: 'a bot in a thread of its own, and what both sides say to each other',
  },
  { path: 'io/hosting/processes', about: 'a bot in a process of its own' },
  {
    path: 'io/hosting/pool',
    about: 'the bot port again, for bots in threads or processes: when one is started, moved or replaced',
  },
  { path: 'io/hosting/remote', about: 'bots on other machines, and queues of work for them, over NATS' },
  { path: 'io/reports', about: 'the reporter port: events go to listeners and logs, and are put into words' },
  { path: 'io/output', about: 'standard output that never blocks the process' },
  { path: 'io', about: 'the public entry `chipzen-agent/io`' },
  {
    path: 'recording',
    about:
      'matches on the disk: what played, every frame and event; written while they are played, and read again',
  },
  {
    path: 'platform',
    about: "the client of the platform's HTTP requests: queue, challenges, fixtures, tokens, public records",
  },
  {
    path: 'status',
    about: 'the file that says how a session stands: kept by an agent, read and judged by monitors',
  },
  {
    path: 'notify',
    about:
      'notices of what somebody must know who looks at no screen: posted to a URL, or given to a command',
  },
  { path: 'season', about: 'the fixtures that are to come: in words, and as a calendar' },
  {
    path: 'histories',
    about: 'hands that were played, in one form whatever they were read from, and what can be told of it',
  },
  {
    path: 'histories/formats',
    about:
      'the files of hands that other programs read and write: PHH, PokerStars text, Open Hand History, ACPC',
  },
  {
    path: 'histories/collection',
    about: 'everything that files and folders hold of matches, each once: recordings and files of hands',
  },
  {
    path: 'ledger',
    about:
      'what was won by which version against whom, from recordings and results; an index over large collections',
  },
  {
    path: 'review',
    about:
      'where the chips of a bot went: hands by how they ended, bets by street, the worst hands, the slowest turns',
  },
  {
    path: 'profiles',
    about:
      'what a bot does, counted over its hands: shares with their intervals, sizes, answers, and the field',
  },
  {
    path: 'scout',
    about: 'the public matches of other bots, asked for at the pace of the platform, and kept',
  },
  { path: 'chaos', about: 'a proxy that breaks connections on purpose' },
  { path: 'sandbox/terms', about: 'options, events and players of the local platform' },
  { path: 'sandbox/wire', about: 'its sockets, limits and close codes, and the dialects of older servers' },
  {
    path: 'sandbox/memory',
    about: 'its accounts and tokens, and the journal from which it goes on after a restart',
  },
  { path: 'sandbox/match', about: 'its matches: seats, turns, forfeits, results' },
  { path: 'sandbox/doors', about: 'its WebSocket servers, the lobby and the gateway, and whom they let in' },
  { path: 'sandbox/season', about: 'its fixtures: lists, marks, walkovers' },
  { path: 'sandbox/http', about: 'its HTTP interface' },
  { path: 'sandbox', about: 'the local platform, put together of these' },
  { path: 'testing', about: 'the charts as models, and scripted ports to play paths through them with' },
  { path: 'web', about: 'an HTTP server for this machine only, and the event stream to its pages' },
  {
    path: 'metrics',
    about:
      'what a session counts, as Prometheus takes it, and what monitors ask, served on a port of this machine',
  },
  {
    path: 'inspect',
    about: 'the page that shows the charts at work, the bridge to the Stately inspector, and charts as text',
  },
  { path: 'pin', about: 'copies of projects, from which their bots play while work on them goes on' },
  {
    path: 'service',
    about:
      'what service managers and containers are given to run a bot day and night, and what systemd is told',
  },
  {
    path: 'handover',
    about:
      'sessions of one bot on this machine: the newer one has the lobby, and the older one finishes its matches',
  },
  {
    path: 'agent',
    about:
      '`createAgent`, `runExternalBot`, `playMatch` and `runBot`: a bot, options, charts and ports put together',
  },
  { path: 'check/scenarios', about: 'the hands and exchanges that a check plays, as data' },
  {
    path: 'check',
    about: '`checkBot`: what would cost a bot chips, found with fixed turns and matches against itself',
  },
  {
    path: 'replay',
    about:
      '`replayHands`: hands that were played, played again to a bot as it is now, and what it does differently',
  },
  { path: 'playback', about: 'tables and played hands as pages show them, step by step' },
  {
    path: 'report',
    about: 'statistics and plots of matches, their hands to play again, and the one file that has all of it',
  },
  {
    path: 'arena',
    about:
      '`runArena`: bots that play each other in process on the same decks, in pairs, and what that says of them',
  },
  { path: 'dashboard', about: 'what the page of a session or a platform is sent' },
  {
    path: 'doctor',
    about: 'what may keep a session from playing: settings, machine, network and platform, looked at',
  },
  { path: 'cli/surroundings', about: 'the process as commands see it: streams, signals, exit codes' },
  { path: 'cli/live', about: 'the live table in the terminal' },
  { path: 'cli/completion', about: 'scripts with which shells complete commands, flags and bot files' },
  { path: 'cli/commands', about: 'the commands, a file each, and their flags' },
  { path: 'cli', about: 'the program `chipzen-agent`, put together of these' },
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
