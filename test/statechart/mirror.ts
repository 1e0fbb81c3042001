/**
 * Compares what two worlds hold that should be alike though every actor, snapshot and timer of one is another object in
 * the other: structure, order of keys, and identity too. What is one object here must be one object there.
 */
import { inspect } from 'node:util';
import type { AnyActorRef, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** Thrown at the first difference; `path` says where it is. */
export class MirrorError extends Error {
  override readonly name = 'MirrorError';

  constructor(
    readonly path: string,
    readonly plain: unknown,
    readonly compiled: unknown,
    what = '',
  ) {
    const show = (value: unknown) => inspect(value, { depth: 1, breakLength: 120 }).slice(0, 600);
    super(
      `${path}${what === '' ? '' : ` (${what})`}\n  plain:    ${show(plain)}\n  compiled: ${show(compiled)}`,
    );
  }
}

const isActor = (value: object): value is AnyActorRef =>
  'sessionId' in value && 'send' in value && typeof value.send === 'function';
const isStateNode = (value: object): value is AnyStateNode => 'order' in value && 'machine' in value;
const isMachine = (value: object): value is { id: string } => '__xstatenode' in value;
const isTransition = (value: object): value is AnyTransitionDefinition =>
  'eventType' in value && 'source' in value && 'toJSON' in value;
const isSnapshot = (value: object): boolean => '_nodes' in value && 'machine' in value;

/** What one transition is among those of its state. */
function placeOf(transition: AnyTransitionDefinition): string {
  const { source, eventType } = transition;
  const siblings = source.transitions.get(eventType) ?? source.always ?? [];
  return `#${source.id} on ${eventType} [${siblings.indexOf(transition)}]`;
}

/** Names that XState gives to actors by counting them: `x:12`. */
const session = /x:\d+/g;

export class Mirror {
  readonly #compiledOf = new WeakMap<object, object>();
  readonly #plainOf = new WeakMap<object, object>();
  readonly #sessionOf = new Map<string, string>();
  #alike = new WeakMap<object, object>();

  /** @param keeps whether what was compared once is believed to stay as it is; only for worlds that change nothing in place. */
  constructor(private readonly keeps: boolean) {}

  /** @throws {MirrorError} */
  compare(plain: unknown, compiled: unknown, path: string): void {
    if (!this.keeps) this.#alike = new WeakMap();
    this.#compare(plain, compiled, path);
  }

  #compare(plain: unknown, compiled: unknown, path: string): void {
    if (Object.is(plain, compiled)) return;
    if (typeof plain !== typeof compiled) throw new MirrorError(path, plain, compiled);
    if (typeof plain === 'string') return this.#compareText(plain, compiled as string, path);
    if (typeof plain === 'function') {
      const [name, other] = [plain.name, (compiled as { name: string }).name];
      if (name !== other) throw new MirrorError(path, plain, compiled);
      return;
    }
    if (typeof plain !== 'object' || plain === null || compiled === null)
      throw new MirrorError(path, plain, compiled);
    this.#compareObjects(plain, compiled as object, path);
  }

  #compareText(plain: string, compiled: string, path: string): void {
    const [ids, others] = [plain.match(session) ?? [], compiled.match(session) ?? []];
    const isAlike =
      plain.replace(session, '') === compiled.replace(session, '') &&
      ids.length === others.length &&
      ids.every((id, index) => this.#isSession(id, others[index] as string));
    if (!isAlike) throw new MirrorError(path, plain, compiled);
  }

  #isSession(plain: string, compiled: string): boolean {
    const known = this.#sessionOf.get(plain);
    if (known === undefined) this.#sessionOf.set(plain, compiled);
    return known === undefined || known === compiled;
  }

  #compareObjects(plain: object, compiled: object, path: string): void {
    if (isActor(plain)) return this.#compareActors(plain, compiled as AnyActorRef, path);
    if (isTransition(plain)) {
      const places = [placeOf(plain), placeOf(compiled as AnyTransitionDefinition)] as const;
      if (places[0] !== places[1]) throw new MirrorError(path, ...places);
      return;
    }
    if (isStateNode(plain) || isMachine(plain)) {
      const [id, other] = [plain.id, (compiled as { id?: string }).id];
      if (id !== other) throw new MirrorError(path, id, other);
      return;
    }
    if (this.#alike.get(plain) === compiled) return;
    this.#alike.set(plain, compiled);
    if (isSnapshot(plain)) {
      this.#pair(plain, compiled, path);
      for (const part of ['context', 'children', 'historyValue']) {
        const [own, other] = [(plain as never)[part], (compiled as never)[part]] as [object, object];
        if (typeof own === 'object' && own !== null && typeof other === 'object' && other !== null) {
          this.#pair(own, other, `${path}.${part}`);
        }
      }
    }
    this.#compareParts(plain, compiled, path);
  }

  #compareParts(plain: object, compiled: object, path: string): void {
    if (Object.getPrototypeOf(plain) !== Object.getPrototypeOf(compiled)) {
      throw new MirrorError(path, plain, compiled, 'prototypes');
    }
    if (plain instanceof Map || plain instanceof Set) {
      return this.#compare([...plain], [...(compiled as Set<unknown>)], `${path}<>`);
    }
    // The stack of an error says where it was made.
    const keysOf = (value: object) => Reflect.ownKeys(value).filter((key) => key !== 'stack');
    const keys = keysOf(plain);
    const others = keysOf(compiled);
    if (keys.length !== others.length) throw new MirrorError(path, keys, others, 'own keys');
    for (const [index, key] of keys.entries()) {
      const other = others[index] as string | symbol;
      this.#compare(key, other, `${path} (own keys)`);
      this.#compare((plain as never)[key], (compiled as never)[other], `${path}.${String(key)}`);
    }
  }

  #compareActors(plain: AnyActorRef, compiled: AnyActorRef, path: string): void {
    if (this.#compiledOf.get(plain) === compiled) return;
    this.#pair(plain, compiled, path);
    this.#compareText(plain.sessionId, compiled.sessionId, `${path}.sessionId`);
    this.#compareText(plain.id, compiled.id, `${path}.id`);
    const nameOf = (actor: AnyActorRef) => (actor as { systemId?: string }).systemId;
    this.#compare(nameOf(plain), nameOf(compiled), `${path}.systemId`);
    this.#compare(plain._parent, compiled._parent, `${path}._parent`);
    this.#compare(typeof plain.src, typeof compiled.src, `${path}.src`);
  }

  #pair(plain: object, compiled: object, path: string): void {
    const [known, back] = [this.#compiledOf.get(plain), this.#plainOf.get(compiled)];
    if (known === compiled && back === plain) return;
    if (known !== undefined || back !== undefined) {
      const what =
        known === undefined
          ? 'the compiled one is the same object as before'
          : 'the plain one is the same object as before';
      throw new MirrorError(path, plain, compiled, what);
    }
    this.#compiledOf.set(plain, compiled);
    this.#plainOf.set(compiled, plain);
  }
}
