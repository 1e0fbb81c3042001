/** An action the table refuses; `reason` is what `action_rejected` says. */
export class IllegalActionError extends Error {
  readonly reason: 'action_not_allowed' | 'bad_amount' | 'no_turn';

  constructor(reason: IllegalActionError['reason'], message: string) {
    super(message);
    this.name = 'IllegalActionError';
    this.reason = reason;
  }
}
