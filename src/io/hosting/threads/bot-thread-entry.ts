/** The bot's side of a thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { timesOf } from '../../../time/clock.js';
import type { StoreUpdates, ThreadData, ToThread } from './bot-messages.js';
import { playBot } from './bot-player.js';
import { writeProposal } from './proposal-board.js';
import { confineThread } from './thread-confines.js';

if (parentPort === null) throw new Error('This file runs in a thread of an agent.');
const port = parentPort;
const { board, ...start } = workerData as ThreadData;

confineThread();

const receive = await playBot(start, {
  send: (message) => port.postMessage(message),
  propose: (requestId, proposal) => writeProposal(board, requestId, proposal),
  times: timesOf({}),
});
port.on('message', (message: ToThread | StoreUpdates) => receive(message));
