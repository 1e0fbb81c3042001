/** The main file of a thread that plays blocks. */
import { parentPort, workerData } from 'node:worker_threads';
import { BadBotError } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';
import { systemNow } from '../time/clock.js';
import type { FromJob, JobData, ToJob } from './arena-job-messages.js';
import { createBlockPlayer } from './block-player.js';

if (parentPort === null) throw new Error('This file runs in a thread of an arena.');
const port = parentPort;
const { terms, hosting, stepMs } = workerData as JobData;
const post = (message: FromJob): void => port.postMessage(message);

let toldAt = Number.NEGATIVE_INFINITY;

/** By what is played, and by no timer: a thread that is stuck tells nothing. */
function tellStep(every: number): void {
  const now = systemNow();
  if (now - toldAt < every) return;
  toldAt = now;
  post({ type: 'step' });
}

const player = createBlockPlayer(terms, hosting, {
  onOutput: (text, from) => post({ type: 'output', text, from }),
  onTrouble: (bot, sentence) => post({ type: 'trouble', bot, sentence }),
  ...(stepMs !== undefined && { onStep: () => tellStep(stepMs) }),
});

async function take(message: ToJob): Promise<void> {
  if (message.type === 'close') {
    await player.close();
    post({ type: 'closed' });
    port.close();
    return;
  }
  try {
    post({ type: 'played', block: await player.play(message.place) });
  } catch (error) {
    post({ type: 'failed', isBot: error instanceof BadBotError, message: messageOf(error) });
  }
}

port.on('message', (message: ToJob) => void take(message));
