import { OptionError } from '../protocol/errors.js';
import type { JsonObject, WireAction } from '../protocol/frames.js';

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

  /**
   * @param amount total chips to raise to on this street, not the increment.
   * @throws {OptionError} when it is no finite number from 0 on.
   */
  static raiseTo(amount: number): Action {
    if (!Number.isFinite(amount) || amount < 0) {
      throw new OptionError(
        'amount',
        `Action.raiseTo takes the total to raise to, a number of chips from 0 on, not ${describeAmount(amount)}.`,
      );
    }
    return new Action('raise', amount);
  }

  static allIn(): Action {
    return new Action('all_in');
  }

  /** The shape `turn_action` carries: `{ action, params: { amount } }`, with empty `params` where there is no amount. */
  toWire(): { action: ActionName; params: JsonObject } {
    return { action: this.action, params: this.amount === undefined ? {} : { amount: this.amount } };
  }
}

/** Whatever a program without types gives. */
function describeAmount(amount: unknown): string {
  return typeof amount === 'object' && amount !== null ? 'an object' : String(amount).slice(0, 40);
}

/** Names that are tried by mistake, each with what to write. TypeScript does not know them. */
const mistakenNames = {
  raise: 'raiseTo(total): the total to raise to on this street, in chips',
  raise_to: 'raiseTo(total)',
  bet: 'raiseTo(total): the total to bet, in chips',
  all_in: 'allIn()',
  allin: 'allIn()',
} as const;

for (const [name, right] of Object.entries(mistakenNames)) {
  Object.defineProperty(Action, name, {
    value: () => {
      throw new TypeError(`There is no Action.${name}. Write Action.${right}.`);
    },
  });
}

/** What `decide` may return: an `Action`, or the wire shape as a plain object. */
export type BotAnswer = Action | WireAction;
