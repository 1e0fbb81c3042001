import { type ActionArguments, type BuiltinAction, isBuiltinAction } from './xstate-internals.js';

/** An action that has been looked up. Its `params` are a value, or a function of context and event. */
export type CompiledAction = { readonly params: unknown } & (
  | { readonly kind: 'assign'; readonly builtin: BuiltinAction }
  /** A `sendTo` without delay, to a child by its id. */
  | { readonly kind: 'send'; readonly builtin: BuiltinAction; readonly to: string }
  | { readonly kind: 'builtin'; readonly builtin: BuiltinAction }
  /** The author's own; `exec` is undefined where a name has no implementation: inspectors are told of it all the same. */
  | { readonly kind: 'custom'; readonly type: string; readonly exec: CustomAction | undefined }
);

type CustomAction = (args: ActionArguments, params: unknown) => void;

/** Actions of XState that do nothing to the step that they are taken in but change context or children. */
const compilable: ReadonlySet<string> = new Set([
  'xstate.assign',
  'xstate.sendTo',
  'xstate.raise',
  'xstate.cancel',
  'xstate.emit',
  'xstate.log',
  'xstate.spawnChild',
  'xstate.stopChild',
]);

/** @returns a sentence when only XState can execute it. */
export function compileAction(
  action: unknown,
  {
    actions,
    delays,
  }: { actions: Readonly<Record<string, unknown>>; delays: Readonly<Record<string, unknown>> },
): CompiledAction | string {
  if (!isAction(action)) return `${String(action)} is no action`;
  const name = nameOf(action);
  const found = typeof action === 'function' ? action : actions[name];
  const params = typeof action === 'object' ? action.params : undefined;
  if (found !== undefined && typeof found !== 'function') return `what ${name} stands for is no action`;
  if (!isBuiltinAction(found))
    return { kind: 'custom', type: name, exec: found as CustomAction | undefined, params };
  if (!compilable.has(found.type)) return `${name} is an action of the type ${found.type}`;
  if (found.type === 'xstate.assign') return { kind: 'assign', builtin: found, params };
  // Without a delay the event is handled in the same step.
  if (found.type === 'xstate.raise' && typeof delayOf(found, delays) !== 'number')
    return `${name} raises an event that may belong to the same step`;
  const to = childOf(found);
  return to === null
    ? { kind: 'builtin', builtin: found, params }
    : { kind: 'send', builtin: found, to, params };
}

/** The id of the child that a `sendTo` without delay names; null for other actions and other targets. */
function childOf({ type, to, event, id, delay }: BuiltinAction): string | null {
  if (type !== 'xstate.sendTo' || id !== undefined || delay !== undefined) return null;
  // `#_parent`, `#_internal`, `#_id`: names that XState gives a meaning. An event that is text is an error, which XState tells.
  const isChild = typeof to === 'string' && !to.startsWith('#_') && typeof event !== 'string';
  return isChild ? to : null;
}

type AnyAction = string | { type: string; params?: unknown } | CustomAction;

function nameOf(action: AnyAction): string {
  if (typeof action === 'function') return action.name || '(anonymous)';
  return typeof action === 'string' ? action : action.type;
}

function isAction(action: unknown): action is AnyAction {
  if (typeof action === 'string' || typeof action === 'function') return true;
  return typeof (action as { type?: unknown } | null)?.type === 'string';
}

function delayOf({ delay }: BuiltinAction, delays: Readonly<Record<string, unknown>>): unknown {
  return typeof delay === 'string' ? delays[delay] : delay;
}
