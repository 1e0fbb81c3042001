/** Which cases of the match model a server, a bot and a clock can bring about. */
import type { MatchContext } from '../../src/machines/match.js';
import type { ModelCase, ModelState } from '../../src/testing/model.js';
import type { ModelPath } from '../../src/testing/paths.js';

/** Whether a server, a bot and a clock can make a case happen to the real agent in this state. */
export function matchCanHappen({ snapshot }: ModelState, { name, event }: ModelCase): boolean {
  const { context } = snapshot as { context: MatchContext };
  const isDialing = snapshot.hasTag('dialing');
  const isConnected = snapshot.hasTag('connected');
  const thinksAbout = (requestId: string) =>
    context.turn?.frame.request_id === requestId &&
    !context.turn.isLeft &&
    context.answer?.requestId !== requestId;
  switch (event.type) {
    case 'socket.opened':
      return isDialing;
    case 'socket.closed':
      return isConnected || (isDialing && name !== 'frame too large');
    case 'socket.refused':
      // Only the bot's own answer can be made as large as that, once.
      return (
        name === 'answer too large' &&
        context.answer?.source === 'bot' &&
        context.answer.requestId === 'r1' &&
        isPlayingTurn(snapshot)
      );
    case 'bot.decided':
    case 'bot.failed':
      // Hooks wait for each other and for decisions: of those that a path can hold up, these are the ones.
      if (name === 'hook failed')
        return snapshot.matches({ connecting: 'preparing' }) || snapshot.matches({ playing: 'settling' });
      return thinksAbout(event.requestId) && !snapshot.matches({ playing: 'settling' });
    case 'bot.overdue':
      return name === 'r1 overdue' && thinksAbout('r1') && snapshot.matches('playing');
    case 'bot.late':
      return context.answer?.source === 'overdue' && context.answer.requestId === 'r1';
    case 'bot.slow':
      return context.answer?.source === 'bot';
    case 'bot.ready':
      return snapshot.matches({ connecting: 'preparing' });
    case 'bot.finished':
      return snapshot.matches({ playing: 'settling' });
    case 'match.announced':
    case 'match.cut':
      return true;
    default:
      if (event.type.startsWith('xstate.after.')) return !event.type.includes('dialTimeout');
      return event.type.startsWith('frame.') && isConnected;
  }
}

function isPlayingTurn(snapshot: ModelState['snapshot']): boolean {
  const { turn, answer, repeatedRequestId } = snapshot.context as MatchContext;
  const isAnswered = turn !== null && answer?.requestId === turn.frame.request_id;
  return snapshot.matches({ playing: 'watching' }) && isAnswered && answer.sent && repeatedRequestId === null;
}

/**
 * Whether the sandbox can be made to play this path. It does not speak before it was greeted nor after the match is
 * over, speaks no other version, and takes a dial before it turns it away.
 */
export function sandboxPlaysMatch({ start, steps }: ModelPath): boolean {
  const before = [start, ...steps.map(({ state }) => state)];
  return steps.every(({ case: { name, event } }, index) => {
    const snapshot = before[index]?.snapshot;
    if (name === 'hello of another version' || name === 'answer too large') return false;
    // It deals poker.
    if (name.includes('another game')) return false;
    // All its frames are numbered.
    if (name === 'round_start') return false;
    const isDialing = JSON.stringify(snapshot?.value).includes('dialing');
    const isGreeting = JSON.stringify(snapshot?.value).includes('handshaking');
    const isOver = snapshot?.matches({ playing: 'settling' });
    if (event.type === 'socket.closed') return name === 'connection lost' || !(isDialing || isGreeting);
    if (event.type.startsWith('frame.')) return !isOver && (!isGreeting || name === 'hello');
    return true;
  });
}
