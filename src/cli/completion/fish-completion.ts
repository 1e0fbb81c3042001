/** Completion for fish, from 3.0 on. */
import { botEndings, type Candidates, type CommandTree, type TreeFlag } from './command-tree.js';

/** A script that defines the completion when it is sourced. */
export function fishCompletion({ program, flags, commands }: CommandTree): string {
  const fn = `__${program.replaceAll('-', '_')}`;
  const names = commands.map(({ name }) => name).join(' ');
  const top = `not ${fn}_command >/dev/null`;
  const begin = `complete -c ${program}`;
  const lines = commands.flatMap(({ name, text, flags: own, argument }) => {
    const within = `-n ${quoted(`${fn}_in ${name}`)}`;
    return [
      `${begin} -n ${quoted(top)} -a ${name} -d ${quoted(text)}`,
      ...own.map((flag) => `${begin} ${within} ${flagLine(flag, fn)}`),
      ...(argument === null ? [] : argumentLines(argument, `${begin} ${within}`, fn)),
    ];
  });
  return `# Completion of ${program} for fish.
function ${fn}_command
  for word in (commandline -opc)[2..-1]
    if contains -- $word ${names}
      echo $word
      return 0
    end
  end
  return 1
end
function ${fn}_in
  test (${fn}_command; or echo) = $argv[1]
end
function ${fn}_bots
  # Folders end with a slash; a description may follow behind a tab.
  __fish_complete_path (commandline -ct) | string match -r '^[^\\t]*(?:/|\\.(?:${botEndings.join('|')}))(?:\\t.*)?$'
end
${begin} -f
${flags.map((flag) => `${begin} -n ${quoted(top)} ${flagLine(flag, fn)}`).join('\n')}
${lines.join('\n')}
`;
}

function flagLine({ names, text, value, isValueOptional }: TreeFlag, fn: string): string {
  const spelled = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  // A value that may be left out is not waited for: fish would offer nothing else then.
  const isTaken = value !== null && !isValueOptional;
  return [...spelled, ...(isTaken ? takes(value, fn) : []), `-d ${quoted(text)}`].join(' ');
}

function takes({ words, files }: Candidates, fn: string): string[] {
  const offers = [...words, ...pathsOf(files, fn)];
  if (files === 'all') return ['-r', '-F', ...(words.length > 0 ? [`-a ${quoted(words.join(' '))}`] : [])];
  return ['-x', ...(offers.length > 0 ? [`-a ${quoted(offers.join(' '))}`] : [])];
}

function argumentLines({ words, files }: Candidates, begin: string, fn: string): string[] {
  if (files === 'all') return [`${begin} -F`];
  const offers = [...words, ...pathsOf(files, fn)];
  return offers.length === 0 ? [] : [`${begin} -a ${quoted(offers.join(' '))}`];
}

function pathsOf(files: Candidates['files'], fn: string): string[] {
  if (files === 'bot') return [`(${fn}_bots)`];
  return files === 'folder' ? ['(__fish_complete_directories (commandline -ct))'] : [];
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
