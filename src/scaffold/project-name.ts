import { OptionError } from '../protocol/errors.js';
import { printable } from '../protocol/redact.js';

const defaults = { maxLength: 100, maxShown: 60 } as const;

/** npm refuses to install a package into a project of its own name, and these names for any project. */
const taken = new Set(['chipzen-agent', 'node_modules', 'favicon.ico']);

/** Names that Windows keeps for devices, in any case (its "Naming Files, Paths, and Namespaces"). */
const deviceNames = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name is that of the folder and, in lower case, that of the npm package.
 *
 * @throws {OptionError} for a name that cannot be both.
 */
export function requireProjectName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || name === '') throw refused('A project needs a name, such as my-bot.');
  const shown = printable(name, defaults.maxShown);
  if (/[/\\]/.test(name)) {
    throw refused(
      `"${shown}" is a path. Give a name such as my-bot, and with --dir the folder to put it in.`,
    );
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) {
    throw refused(
      `"${shown}" cannot be the name of a project. Use ASCII letters, digits, dashes and underscores, and begin with a letter or a digit.`,
    );
  }
  if (name.length > defaults.maxLength) {
    throw refused(`The name of a project has ${defaults.maxLength} characters at most.`);
  }
  if (deviceNames.test(name)) {
    throw refused(
      `"${shown}" is the name of a device on Windows, where no folder can have it. Choose another one.`,
    );
  }
  if (taken.has(name.toLowerCase())) {
    throw refused(`"${shown}" is taken: npm would not install chipzen-agent into a project of that name.`);
  }
}

const refused = (message: string): OptionError => new OptionError('name', message);
