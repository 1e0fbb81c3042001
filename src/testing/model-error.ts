/** What is wrong with a model. */
export type ModelErrorCode =
  /** Options of a model or of a traversal are not what they must be. */
  | 'options_invalid'
  | 'variant_unknown'
  /** Two cases have one name. */
  | 'case_doubled'
  /** `waitMs` of a case is no time, or reaches past a timer. */
  | 'wait_invalid'
  /** What `facets` returned is not the same after JSON. */
  | 'facets_unclear'
  /** The machine threw in a step of a traversal; `cause` is what it threw. */
  | 'step_failed'
  /** A traversal found new states until its limit. */
  | 'traversal_limit';

/** Thrown when a model cannot be followed; its message says where, and what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
