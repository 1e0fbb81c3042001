// A bot as a class, with a hook: raises pairs and aces before the flop, and afterwards goes on only where it is cheap.
//
//   chipzen-agent demo --bot examples/pairs-and-aces.js
import { Action, Bot } from 'chipzen-agent';

export default class PairsAndAces extends Bot {
  #raises = 0;

  decide({ holeCards: [first, second], phase, validActions, minRaise, toCall, pot }) {
    const isGood = first.rank === second.rank || first.rank === 'A' || second.rank === 'A';
    if (phase === 'preflop' && isGood && validActions.includes('raise')) {
      this.#raises += 1;
      return Action.raiseTo(minRaise);
    }
    if (validActions.includes('check')) return Action.check();
    return toCall * 4 <= pot ? Action.call() : Action.fold();
  }

  onMatchEnd(_results, frame) {
    process.stderr.write(`${this.#raises} raises in ${frame.total_hands_played} hands\n`);
  }
}
