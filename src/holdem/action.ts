import type { WireAction } from '../protocol/frames.js';

/** What a bot may ask for. `all_in` never goes out as such: it becomes a raise or a call (docs/protocol.md 6). */
export type ActionName = 'fold' | 'check' | 'call' | 'raise' | 'all_in';

/** A poker action. Make one with `Action.fold()`, `.check()`, `.call()`, `.raiseTo(total)` or `.allIn()`. */
export class Action {
  readonly action: ActionName;
  /** For `raise`: the total to raise to on this street, in chips. */
  readonly amount: number | undefined;

  private constructor(action: ActionName, amount?: number) {
    this.action = action;
    this.amount = amount;
  }

  static fold(): Action {
    return new Action('fold');
  }

  static check(): Action {
    return new Action('check');
  }

  static call(): Action {
    return new Action('call');
  }

  /** @param amount total chips to raise to on this street, not the increment. */
  static raiseTo(amount: number): Action {
    return new Action('raise', amount);
  }

  static allIn(): Action {
    return new Action('all_in');
  }

  /** The shape `turn_action` carries: `{ action, params: { amount } }`. */
  toWire(): WireAction {
    if (this.amount === undefined) return { action: this.action };
    return { action: this.action, params: { amount: this.amount } };
  }
}

/** What `decide` may return: an `Action`, or the wire shape as a plain object. */
export type BotAnswer = Action | WireAction;
