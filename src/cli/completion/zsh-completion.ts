/** Completion for zsh: to be sourced, or to be a file `_chipzen-agent` in a folder of `$fpath`. */
import { botEndings, type Candidates, type CommandTree, type TreeFlag } from './command-tree.js';

/** A script that defines the completion. `compinit` has to have run before it is sourced. */
export function zshCompletion({ program, flags, commands }: CommandTree): string {
  const fn = `_${program}`;
  const list = commands.map(({ name, text }) => `      ${quoted(`${name}:${escaped(text, ':')}`)}`);
  const cases = commands.map(({ name, flags: own, argument }) => {
    const specs = [
      ...own.map((flag) => flagSpec(flag, fn)),
      ...(argument === null ? [] : [argumentSpec(argument, fn)]),
    ];
    return `      ${name}) _arguments ${specs.map((spec) => `\\\n        ${spec}`).join(' ')} ;;`;
  });
  return `#compdef ${program}
# Completion of ${program} for zsh.
${fn}_either() { _alternative "names:name:($1)" "files:file:$2" }
${fn}() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  _arguments -C ${flags.map((flag) => `\\\n    ${flagSpec(flag, fn)}`).join(' ')} \\
    '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands
      commands=(
${list.join('\n')}
      )
      _describe -t commands command commands ;;
    rest)
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}
if [[ $funcstack[1] == ${fn} ]]; then ${fn} "$@"; else compdef ${fn} ${program}; fi
`;
}

/** Both \`--flag value\` and \`--flag=value\` (zshcompsys, _arguments). */
function flagSpec({ names, text, value, isValueOptional, isRepeatable }: TreeFlag, fn: string): string {
  const explained = `[${escaped(text, '[]:')}]`;
  const tail =
    value === null ? '' : `${isValueOptional ? '::' : ':'}${escaped(value.name, ':')}:${actionOf(value, fn)}`;
  const sign = value === null ? '' : '=';
  const others = names.length > 1 && !isRepeatable ? `(${names.join(' ')})` : '';
  return names
    .map((name) =>
      quoted(`${isRepeatable ? '*' : others}${name}${name.startsWith('--') ? sign : ''}${explained}${tail}`),
    )
    .join(' ');
}

function argumentSpec(candidates: Candidates, fn: string): string {
  return quoted(`1:${escaped(candidates.name, ':')}:${actionOf(candidates, fn)}`);
}

function actionOf({ words, files }: Candidates, fn: string): string {
  const paths =
    files === 'none'
      ? null
      : files === 'folder'
        ? '_files -/'
        : files === 'bot'
          ? `_files -g "*.(${botEndings.join('|')})"`
          : '_files';
  if (words.length === 0) return paths ?? ' ';
  if (paths === null) return `(${words.join(' ')})`;
  // The space keeps _arguments from adding arguments of its own.
  return ` ${fn}_either ${doubleQuoted(words.join(' '))} ${doubleQuoted(paths)}`;
}

/** Signs that separate the parts of a specification. */
const escaped = (text: string, signs: string): string =>
  text.replaceAll(/[\\[\]:]/g, (sign) => (sign === '\\' || signs.includes(sign) ? `\\${sign}` : sign));

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const doubleQuoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;
