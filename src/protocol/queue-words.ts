/** Words for what the queue keeper tells: each is the end of a sentence. */
import type { DeclineWhy, QueueRest } from './queue-events.js';

const rests: Readonly<Record<QueueRest, string>> = {
  offline: 'the bot is not in its lobby',
  playing: 'a match is live',
  promised: 'another match was asked for and may come',
  fixture: 'a fixture is near',
  matches: 'the matches of the day are used up',
  queue_matches: 'as many matches of the queue as were wanted for today were played',
  lobby_hours: 'the lobby hours of the day are used up',
  limited: 'the platform wants fewer requests',
  ending: 'the session is ending',
};

/** Why the bot is not in the queue. @param until epoch ms; null: not known. */
export function describeRest(why: QueueRest, until: number | null = null): string {
  if (until === null) return rests[why];
  return `${rests[why]}; it goes on at ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Why a challenge is declined. */
export function describeDecline(why: DeclineWhy): string {
  return why === 'not_named' ? 'its name is not one of those that are taken' : rests[why];
}
