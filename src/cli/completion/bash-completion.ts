/** Completion for bash, from 3.2 on, without the package bash-completion. */
import { botEndings, type Candidates, type CommandTree, type TreeFlag } from './command-tree.js';

/** A script that defines the completion when it is sourced. */
export function bashCompletion({ program, flags, commands }: CommandTree): string {
  const fn = `_${program.replaceAll('-', '_')}`;
  const names = commands.map(({ name }) => name);
  const all = [{ name: '', flags, argument: null }, ...commands];
  const values = all.flatMap((command) => command.flags.flatMap((flag) => valueCase(command.name, flag, fn)));
  const rest = all.map(({ name, flags: own, argument }) => {
    const words = own.flatMap((flag) => flag.names).join(' ');
    const free = name === '' ? `${fn}_words ${quoted(names.join(' '))}` : offer(argument, fn);
    return `    ${quoted(name)})
      if [[ $cur == -* ]]; then ${fn}_words ${quoted(words)}; else ${free}; fi ;;`;
  });
  return `# Completion of ${program} for bash.
${fn}_words() {
  local IFS=$' \\t\\n'
  COMPREPLY+=($(compgen -W "$1" -- "$cur"))
}
# Names of files are escaped by bash itself, which also ends folders with a slash.
${fn}_paths() {
  local path quotes=$'"\\'' begun
  begun="\${cur#[$quotes]}"
  compopt -o filenames 2>/dev/null
  # What is typed may be escaped; names of files are not.
  while IFS= read -r path; do
    # A name that begins with a dash would be taken for a flag.
    [[ $path == -* ]] && path="./$path"
    if [[ $2 == all || -d \${path/#\\~/$HOME} ]]; then COMPREPLY+=("$path"); continue; fi
    [[ $2 == bot ]] || continue
    case "$path" in ${botEndings.map((ending) => `*.${ending}`).join(' | ')}) COMPREPLY+=("$path") ;; esac
  done < <(compgen "$1" -- "\${begun//\\\\/}")
}
${fn}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev command="" head="" i at=$COMP_CWORD
  COMPREPLY=()
  # bash takes a colon for a word of its own, and replaces only what is behind the last one.
  while ((at > 2)); do
    if [[ $cur == :* ]]; then cur="\${COMP_WORDS[at-1]}$cur"; ((at -= 1))
    elif [[ \${COMP_WORDS[at-1]} == : ]]; then cur="\${COMP_WORDS[at-2]}:$cur"; ((at -= 2))
    else break; fi
  done
  [[ $cur == *:* ]] && head="\${cur%"\${cur##*:}"}"
  prev="\${COMP_WORDS[at-1]}"
  # bash splits --flag=value into three words.
  if [[ $cur == "=" ]]; then cur=""; elif [[ $prev == "=" ]]; then prev="\${COMP_WORDS[at-2]}"; fi
  ${fn}_offer
  [[ -z $head ]] || COMPREPLY=("\${COMPREPLY[@]#"\${head//\\\\/}"}")
}
# With the variables of the function above.
${fn}_offer() {
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in ${names.join(' | ')}) command="\${COMP_WORDS[i]}"; break ;; esac
  done
  case "$command $prev" in
${values.join('\n')}
  esac
  case "$command" in
${rest.join('\n')}
  esac
}
complete -F ${fn} ${program}
`;
}

/** A value that may be left out, and is of no known kind, is not waited for. */
function valueCase(command: string, { names, value, isValueOptional }: TreeFlag, fn: string): string[] {
  if (value === null) return [];
  const offered = offer(value, fn);
  if (offered === ':' && isValueOptional) return [];
  const patterns = names.map((name) => quoted(`${command} ${name}`)).join(' | ');
  const stop = isValueOptional ? `[[ $cur == -* ]] || { ${offered}; return; }` : `${offered}; return`;
  return [`    ${patterns}) ${stop} ;;`];
}

function offer(candidates: Candidates | null, fn: string): string {
  if (candidates === null) return ':';
  const { words, files } = candidates;
  const steps = [
    ...(words.length > 0 ? [`${fn}_words ${quoted(words.join(' '))}`] : []),
    ...(files === 'none' ? [] : [`${fn}_paths ${files === 'folder' ? '-d' : '-f'} ${files}`]),
  ];
  return steps.length === 0 ? ':' : steps.join('; ');
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
