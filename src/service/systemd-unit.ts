/** A unit for systemd (systemd.service(5)), with a sentence for each field. */
import { commandOf, finalExitCodes, type ServicePlan, serviceDefaults } from './service-plan.js';

export interface UnitOptions {
  /** The user that it runs as; null for a unit of the user's own manager (`systemctl --user`). */
  user: string | null;
  /**
   * A template: `NAME@a.service` and `NAME@b.service` run from the folders `a` and `b` in the plan's one, and the one that is started
   * takes the lobby over from the other.
   */
  isTemplate: boolean;
  /** Whether the manager is told how the session stands; without `systemd-notify` it cannot be. */
  notifies: boolean;
}

const { closeSeconds, restartSeconds, startSeconds, watchdogSeconds } = serviceDefaults;

export function systemdUnit(plan: ServicePlan, { user, isTemplate, notifies }: UnitOptions): string {
  const { name, folder, drainSeconds } = plan;
  const file = `${name}${isTemplate ? '@' : ''}.service`;
  const isOfUser = user === null;
  const control = isOfUser ? 'systemctl --user' : 'sudo systemctl';
  return lines(
    ...howTo(plan, { file, control, isOfUser, isTemplate }),
    '[Unit]',
    `Description=Poker bot ${name}${isTemplate ? ' (%i)' : ''}, kept seated by chipzen-agent`,
    !isOfUser && [
      '# A start before the network is up only fails, and is tried again.',
      'Wants=network-online.target',
      'After=network-online.target',
    ],
    '# Never give up starting: by default five quick failures end it for ever.',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    notifies
      ? [
          '# The session says itself when it runs (the bot is made; the lobby may be out of reach) and that it is alive.',
          'Type=notify',
          '# systemd-notify is a child of the session, and gone before systemd looks.',
          'NotifyAccess=all',
        ]
      : [
          '# Without systemd-notify nothing can be said to systemd: it sees the process, and no more.',
          'Type=exec',
        ],
    !isOfUser && ['# Who reads chipzen.toml, and has ~/.chipzen.', `User=${escaped(user)}`],
    '# The folder with chipzen.toml, where the token is. It belongs into no unit: everybody can read those.',
    `WorkingDirectory=${escaped(folder)}${isTemplate ? '/%i' : endOf(folder)}`,
    `ExecStart=${commandLine(plan, isTemplate)}`,
    '# Again after a crash, a power cut or a lobby out of reach, and not after an end that was meant.',
    'Restart=on-failure',
    `RestartSec=${restartSeconds}`,
    '# Starting again mends none of these: usage (2), token (3), evicted by another session (5), broken bot (6).',
    `RestartPreventExitStatus=${finalExitCodes.join(' ')}`,
    '# Stopped before there was a session.',
    'SuccessExitStatus=130 143',
    notifies && [
      '# Making the bot takes up to 120 s.',
      `TimeoutStartSec=${startSeconds}`,
      '# Nothing heard for so long: the process hangs. Longer than any decision, which may hold up the session',
      '# (--isolate none). On some machines a sleep counts as well; what is started again resumes its matches.',
      `WatchdogSec=${watchdogSeconds}`,
    ],
    '# SIGTERM goes to the session alone, which lets its matches finish: their processes end with it.',
    'KillMode=mixed',
    `# Longer than --drain-grace (${drainSeconds} s): what is left after it is killed.`,
    `TimeoutStopSec=${drainSeconds + closeSeconds}`,
    'NoNewPrivileges=true',
    '',
    '[Install]',
    '# Started at boot.',
    `WantedBy=${isOfUser ? 'default.target' : 'multi-user.target'}`,
  );
}

interface Setting {
  file: string;
  control: string;
  isOfUser: boolean;
  isTemplate: boolean;
}

function howTo({ name, folder }: ServicePlan, { file, control, isOfUser, isTemplate }: Setting): string[] {
  const place = isOfUser ? '~/.config/systemd/user' : '/etc/systemd/system';
  const unit = isTemplate ? `${name}@a` : name;
  return [
    `# ${place}/${file}`,
    '#',
    ...(isOfUser ? ['# Once, so that it runs without anybody logged in:  loginctl enable-linger'] : []),
    `# Start it now and at every boot:  ${control} daemon-reload && ${control} enable --now ${unit}`,
    ...(isTemplate
      ? [
          `# Update without leaving the lobby: put the new version into ${folder}/b, then`,
          `#   ${control} enable --now ${name}@b && ${control} disable ${name}@a`,
          '# b takes the lobby, and a plays its live matches to their end and then ends by itself. The two have a unit each,',
          '# so that stopping one does not kill the other: "systemctl restart" of one of them is no handover.',
        ]
      : [
          `# Update:  ${control} restart ${name}  lets live matches finish first; until then nobody is in the lobby.`,
          '# Do not start "run --handover" from inside this unit: both sessions would be in one control group, and',
          '# "systemctl restart" kills the older one with its matches. For handovers print a unit with --instances.',
        ]),
    '',
  ];
}

/** `%` begins a specifier everywhere in a unit. */
const escaped = (text: string): string => text.replaceAll('%', '%%');

/** The value has no quotes: a space at the end of a line is dropped, and a backslash there goes on with the next line. */
const endOf = (folder: string): string => (/[ \\]$/.test(folder) ? '/.' : '');

/** Of a template the program of the instance's own folder, so that each has its version. */
function commandLine(plan: ServicePlan, isTemplate: boolean): string {
  const [node = '', main = '', ...args] = commandOf(plan).map(escaped);
  const own = isTemplate ? `${escaped(plan.folder)}/%i/node_modules/chipzen-agent/dist/cli/main.js` : main;
  return [quotedProgram(node), ...[own, ...args].map(quoted)].join(' ');
}

/** A word of a command line, whose specifiers are as they are to be: in quotes, with C escapes, and no variable in it (systemd.service(5), Command lines). */
function quoted(word: string): string {
  return quotedProgram(word.replaceAll('$', '$$$$'));
}

/** The program itself is looked up before variables are: a `$` is one as it is. */
function quotedProgram(word: string): string {
  const inside = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return /^[\w./:@=,%+-]+$/.test(inside) ? inside : `"${inside}"`;
}

function lines(...parts: (string | readonly string[] | false)[]): string {
  return `${parts.flatMap((part) => (part === false ? [] : part)).join('\n')}\n`;
}
