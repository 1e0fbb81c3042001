/** A task for the Task Scheduler of Windows (schema 1.4), with a sentence for each element. */
import type { ServicePlan } from './service-plan.js';
import { serviceDefaults } from './service-plan.js';
import { xmlComment, xmlText } from './xml-text.js';

const defaults = {
  /** The most that the schema allows. */
  restarts: 255,
} as const;

export function windowsTask(plan: ServicePlan): string {
  const { name, folder, node, main, args } = plan;
  const words = [main, ...args].map(quotedForWindows).join(' ');
  return `<?xml version="1.0" encoding="UTF-8"?>
${xmlComment(`${name}.xml
  Written from the documentation; nobody has run it on Windows for this version.
  Register it, with the password of the user that it is to run as, from a prompt of the administrator:
    schtasks /Create /TN "chipzen-agent ${name}" /XML ${name}.xml /RU %USERNAME% /RP *
  Start and look: schtasks /Run /TN "chipzen-agent ${name}", schtasks /Query /TN "chipzen-agent ${name}" /V /FO LIST
  schtasks /End kills the process, and no signal reaches it: live matches are resumed by the next start, within the platform's grace.`)}
<Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    ${xmlComment('At every boot, whether or not somebody logs in.')}
    <BootTrigger>
      <Enabled>true</Enabled>
      <Delay>PT${serviceDefaults.restartSeconds}S</Delay>
    </BootTrigger>
  </Triggers>
  <Settings>
    ${xmlComment('One session at a time.')}
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    ${xmlComment(`Started again a minute after a failure, ${defaults.restarts} times at most.`)}
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>${defaults.restarts}</Count>
    </RestartOnFailure>
    ${xmlComment('No limit: the default ends a task after three days.')}
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    ${xmlComment('As other programs: the default, 7, is below them.')}
    <Priority>5</Priority>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      ${xmlComment(
        'The exit codes that starting again does not mend count as good ones here: the scheduler cannot tell them apart.',
      )}
      <Command>cmd.exe</Command>
      <Arguments>${xmlText(`/d /s /c "set CHIPZEN_FINAL_EXIT=zero&& ${quotedForWindows(node)} ${words}"`)}</Arguments>
      ${xmlComment('The folder with chipzen.toml, where the token is. It does not belong in here.')}
      <WorkingDirectory>${xmlText(folder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`;
}

/** As programs of the C runtime take their command line apart; inside of quotes `cmd` changes nothing but `%NAME%`. */
function quotedForWindows(word: string): string {
  if (/^[\w./:\\=,+-]+$/.test(word)) return word;
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
