/** The command line that does the same once more. */

type FlagValue = string | number | boolean | { readonly text: string };

/** Flags as a command gets them: each by its name in camel case. */
export type AnyFlags = Readonly<Record<string, FlagValue | readonly FlagValue[] | undefined>>;

const nameOf = (key: string): string =>
  `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const textOf = (value: FlagValue): string => (typeof value === 'object' ? value.text : String(value));

function argumentsOf(key: string, value: AnyFlags[string]): string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [nameOf(key)];
  return [value].flat().flatMap((one) => [nameOf(key), textOf(one)]);
}

/**
 * The flags as a command line has them, in the order in which they are here.
 *
 * @param defaults what the command takes for a flag that is not given: such a flag is left out.
 */
export function argumentsAgain(flags: AnyFlags, defaults: AnyFlags = {}): string[] {
  return Object.entries(flags).flatMap(([key, value]) =>
    value === defaults[key] ? [] : argumentsOf(key, value),
  );
}
