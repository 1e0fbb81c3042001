/** An input whose fields are all there. */
export type Defined<Input> = { [K in keyof Input]-?: Exclude<Input[K], undefined> };

/** `input` over `defaults`; a field that is `undefined` means its default, as one that is left out does. */
export function withDefaults<D extends object, I extends object>(
  defaults: D,
  input: I,
): D & { [K in keyof I]: K extends keyof D ? Exclude<I[K], undefined> : I[K] } {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) } as never;
}
