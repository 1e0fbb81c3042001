/**
 * `npm run bench`: how many hands the table deals, and how many an agent plays over sockets beside a bare client that
 * parses, calls and does nothing else. Platform and player share one process, so only the two rows of sockets compare.
 */
import { type RawData, WebSocket } from 'ws';
import { createAgent } from '../src/agent.js';
import { createSandbox } from '../src/sandbox/server.js';
import { createTable } from '../src/sandbox/table.js';

const defaults = { tableHands: 2_000, socketHands: 300, rounds: 3 };

interface Row {
  name: string;
  handsPerSecond: number;
}

const parse = (data: RawData): unknown => JSON.parse((data as Buffer).toString());

const call = (actions: readonly string[]): string => (actions.includes('check') ? 'check' : 'call');

function rate(hands: number, startedAt: number): number {
  return Math.round((hands * 1_000) / (performance.now() - startedAt));
}

function dealWithoutSockets(hands: number): number {
  const startedAt = performance.now();
  const table = createTable({
    seats: 2,
    startingStack: 1_000_000,
    smallBlind: 5,
    bigBlind: 10,
    maxHands: hands,
    seed: 'bench',
  });
  while (!table.over) {
    table.startHand();
    while (table.turn !== null) table.act({ action: call(table.turn.validActions) });
  }
  return rate(table.hand, startedAt);
}

const platformOptions = (hands: number) => ({
  port: 0,
  speed: 0,
  seed: 'bench',
  startingStack: 1_000_000,
  maxHands: hands,
});

async function playWithAgent(hands: number): Promise<number> {
  const sandbox = await createSandbox(platformOptions(hands));
  const { botId, token, lobbyUrl } = sandbox.addBot();
  const agent = createAgent(
    { decide: ({ validActions }) => ({ action: call(validActions) }) },
    { url: lobbyUrl, token, config: null, maxMatches: 1 },
    { env: {} },
  );
  const done = agent.start();
  await sandbox.dispatch(botId);
  const startedAt = performance.now();
  await done;
  const result = rate(hands, startedAt);
  await sandbox.close();
  return result;
}

async function playBare(hands: number): Promise<number> {
  const sandbox = await createSandbox(platformOptions(hands));
  const { botId, token, lobbyUrl } = sandbox.addBot();
  const lobby = new WebSocket(lobbyUrl);
  lobby.on('open', () => lobby.send(JSON.stringify({ type: 'authenticate', token })));
  const gatewayPath = new Promise<{ path: string; id: string }>((resolve) => {
    lobby.on('message', (data) => {
      const frame = parse(data) as { type: string; gateway_ws_url: string; match_id: string };
      if (frame.type === 'matched') resolve({ path: frame.gateway_ws_url, id: frame.match_id });
    });
  });
  await sandbox.dispatch(botId);
  const { path, id } = await gatewayPath;
  const startedAt = performance.now();
  const match = new WebSocket(new URL(path, sandbox.url), ['chipzen-bot-token', token]);
  match.on('open', () => match.send(JSON.stringify({ type: 'authenticate', match_id: id, token: '' })));
  await new Promise<void>((resolve) => {
    match.on('message', (data) => {
      const frame = parse(data) as { type: string; request_id: string; valid_actions: string[] };
      if (frame.type === 'hello') {
        const hello = { supported_versions: ['1.0'], client_name: 'bare', client_version: '1' };
        match.send(JSON.stringify({ type: 'hello', match_id: id, ...hello }));
      } else if (frame.type === 'turn_request') {
        const answer = { request_id: frame.request_id, action: call(frame.valid_actions) };
        match.send(JSON.stringify({ type: 'turn_action', match_id: id, ...answer }));
      } else if (frame.type === 'match_end') {
        resolve();
      }
    });
  });
  const result = rate(hands, startedAt);
  await sandbox.close();
  return result;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function measure(name: string, play: () => number | Promise<number>): Promise<Row> {
  await play();
  const rates: number[] = [];
  for (let round = 0; round < defaults.rounds; round++) rates.push(await play());
  return { name, handsPerSecond: median(rates) };
}

const rows = [
  await measure('table without sockets', () => dealWithoutSockets(defaults.tableHands)),
  await measure('bare client over sockets', () => playBare(defaults.socketHands)),
  await measure('agent over sockets', () => playWithAgent(defaults.socketHands)),
];
process.stdout.write(`${JSON.stringify({ node: process.version, rows })}\n\n`);
for (const { name, handsPerSecond } of rows) {
  process.stdout.write(`${name.padEnd(28)}${String(handsPerSecond).padStart(8)} hands/s\n`);
}
