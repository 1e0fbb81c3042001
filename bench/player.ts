/** One client as a process of its own: the agent, or one that parses, answers and does nothing else. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Isolation } from '../src/io/settings/isolation.js';
import { agentOf } from './agent-of.js';
import { watchAllocations } from './allocations.js';
import { serve } from './child.js';
import { type SelfTime, watchSelfTimes } from './self-times.js';
import type { PlayerAnswer, PlayerKind, PlayerQuestion } from './table-messages.js';

const createAgent = await agentOf(process.argv[2]);
const token = `cz_extbot_${'b'.repeat(32)}`;
const options = { perMessageDeflate: false } as const;

interface Frame {
  type: string;
  match_id: string;
  request_id: string;
  valid_actions: string[];
  gateway_ws_url: string;
}

function startBare(url: string): void {
  const lobby = new WebSocket(`${url}/ws/external/bot/bench`, options);
  lobby.on('open', () => lobby.send(JSON.stringify({ type: 'authenticate', token })));
  lobby.on('message', (data) => {
    const frame = parse(data);
    if (frame.type === 'matched') playBare(url + frame.gateway_ws_url, frame.match_id);
    else if (frame.type === 'ping') lobby.send('{"type":"pong"}');
  });
}

function playBare(url: string, match_id: string): void {
  const match = new WebSocket(url, ['chipzen-bot-token', token], options);
  match.on('open', () => match.send(JSON.stringify({ type: 'authenticate', match_id, token: '' })));
  match.on('message', (data) => {
    const { type, valid_actions: offered, request_id } = parse(data);
    if (type === 'turn_request') {
      const action = offered.includes('check') ? 'check' : 'call';
      match.send(JSON.stringify({ type: 'turn_action', match_id, request_id, action }));
    } else if (type === 'hello') {
      match.send(JSON.stringify({ type: 'hello', match_id, supported_versions: ['1.0'] }));
    }
  });
}

function parse(data: unknown): Frame {
  return JSON.parse(String(data)) as Frame;
}

function startAgent(url: string, kind: PlayerKind): void {
  const [does, isolate] = kind.split(' ') as [string, Isolation?];
  const agent = createAgent(
    isolate !== undefined
      ? { module: new URL(`bots/${does === 'burning' ? 'burns' : 'checks'}.js`, import.meta.url) }
      : { decide: ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'call' }) },
    {
      url: `${url}/ws/external/bot/bench`,
      token,
      config: null,
      keepResults: 10,
      ...(isolate && { isolate }),
      ...(kind === 'recording' && { record: recordFolder() }),
      ...(kind === 'metrics' && { metrics: 0 }),
    },
    { env: {} },
  );
  agent.start().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
}

/** Removed at the end of this process. */
function recordFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chipzen-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function collect(): Promise<void> {
  const { gc } = globalThis as { gc?: () => void };
  for (let round = 0; round < 4; round += 1) {
    gc?.();
    await setImmediate();
  }
}

let allocatedBytes = (): number => 0;
let selfTimes = async (): Promise<SelfTime[]> => [];

async function answer(question: PlayerQuestion): Promise<PlayerAnswer> {
  if (question.type === 'start') {
    if (question.kind === 'bare') startBare(question.url);
    else startAgent(question.url, question.kind);
  }
  if (question.type === 'watch-heap') allocatedBytes = watchAllocations();
  if (question.type === 'profile') selfTimes = await watchSelfTimes();
  const { user, system } = process.cpuUsage();
  if (question.type === 'memory') await collect();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    cpuMs: (user + system) / 1_000,
    userMs: user / 1_000,
    heapBytes: heapUsed,
    rssBytes: rss,
    tree: treeMemory(),
    allocatedBytes: question.type === 'heap' ? allocatedBytes() : 0,
    selfTimes: question.type === 'self-times' ? await selfTimes() : [],
  };
}

/** Empty for a child that has ended since it was listed. */
function rollupOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch {
    return '';
  }
}

/** As Linux counts it; nothing elsewhere. */
function treeMemory(): PlayerAnswer['tree'] {
  const tree = { rssBytes: 0, pssBytes: 0 };
  if (process.platform !== 'linux') return tree;
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  for (const pid of [String(process.pid), ...children.filter((text) => text !== '')]) {
    const rollup = rollupOf(pid);
    const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
    tree.rssBytes += kilobytes('Rss') * 1_024;
    tree.pssBytes += kilobytes('Pss') * 1_024;
  }
  return tree;
}

serve(answer);
