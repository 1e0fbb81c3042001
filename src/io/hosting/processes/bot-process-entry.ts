/**
 * The main file of a bot's process. It ends with its agent: the pipe between them ends when the agent does, whatever
 * the reason. bot-process-warden.ts ends it if the bot blocks it then.
 */
import { Socket } from 'node:net';
import type { WireAction } from '../../../protocol/frames.js';
import type { CodeMessage } from '../code/code-messages.js';
import type { FromThread, StoreMessage, StoreUpdates, ToThread } from '../threads/bot-messages.js';
import { playBot } from '../threads/bot-player.js';
import { boardWriter } from './bot-process-board.js';
import { agentClock, fds, type ProcessMessage } from './bot-process-messages.js';
import { encodeForAgent, openSnapshot, readAgent } from './bot-process-pipe.js';
import { giveParentPort } from './bot-process-port.js';

giveParentPort();
// A report of the process contains its environment.
Object.defineProperty(process, 'report', { value: undefined });

const pipe = new Socket({ fd: fds.pipe, readable: true, writable: true });
const reader = readAgent();
const end = (): void => void process.kill(process.pid, 'SIGKILL');
pipe.on('close', end);
pipe.on('end', end);
pipe.on('error', end);

const send = (
  message:
    | FromThread
    | CodeMessage
    | StoreMessage
    | { type: 'proposal'; requestId: string; proposal: WireAction },
): void => void pipe.write(encodeForAgent(message));

/** Messages that come while the bot is loaded. */
const early: (ToThread | StoreUpdates)[] = [];
let take = (message: ToThread | StoreUpdates): void => void early.push(message);

function receive(message: ProcessMessage): void {
  if (message.type === 'load') return void load(message);
  if (message.type !== 'revive' || message.recollection.snapshot === null) return take(message);
  const snapshot = { state: openSnapshot(message.recollection.snapshot.state) };
  return take({ type: 'revive', recollection: { ...message.recollection, snapshot } });
}

async function load({ file, hasBoard, clockBase }: Extract<ProcessMessage, { type: 'load' }>): Promise<void> {
  const leave = boardWriter(fds.board);
  const player = await playBot(file, {
    send,
    propose(requestId, proposal) {
      try {
        if (!hasBoard) throw new Error('There is no board.');
        leave(requestId, proposal);
      } catch {
        // There is no space for it in the file.
        send({ type: 'proposal', requestId, proposal });
      }
    },
    times: { now: agentClock(clockBase), wallNow: Date.now },
  });
  take = player;
  for (const message of early.splice(0)) player(message);
}

pipe.on('data', (bytes: Buffer) => {
  for (const message of reader.read(bytes)) receive(message as ProcessMessage);
});
