/** An agent for launchd (launchd.plist(5)), with a sentence for each key. */
import { commandOf, type ServicePlan, serviceDefaults } from './service-plan.js';
import { xmlComment, xmlText } from './xml-text.js';

const { closeSeconds, restartSeconds } = serviceDefaults;

export function launchdPlist(plan: ServicePlan): string {
  const { name, folder, drainSeconds } = plan;
  const label = `chipzen-agent.${name}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
${xmlComment(`~/Library/LaunchAgents/${label}.plist
  Written from the manual pages; nobody has run it on a Mac for this version.
  Start it now and at every login:  launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/${label}.plist
  Update, live matches finish first: launchctl kill SIGTERM gui/$(id -u)/${label}, then launchctl kickstart gui/$(id -u)/${label}
  It runs while its user is logged in. A Mac that sleeps plays nothing: see pmset(1).`)}
<plist version="1.0">
<dict>
  ${xmlComment('Its name for launchctl.')}
  <key>Label</key>
  <string>${xmlText(label)}</string>
  ${xmlComment('The paths are absolute, because launchd knows no PATH of a shell.')}
  <key>ProgramArguments</key>
  <array>
${commandOf(plan)
  .map((word) => `    <string>${xmlText(word)}</string>`)
  .join('\n')}
  </array>
  ${xmlComment('The folder with chipzen.toml, where the token is. It does not belong in here: everybody can read this file.')}
  <key>WorkingDirectory</key>
  <string>${xmlText(folder)}</string>
  <key>EnvironmentVariables</key>
  <dict>
    ${xmlComment('launchd cannot tell exit codes apart: an end that starting again does not mend counts as a good one.')}
    <key>CHIPZEN_FINAL_EXIT</key>
    <string>zero</string>
  </dict>
  ${xmlComment('Started when it is loaded.')}
  <key>RunAtLoad</key>
  <true/>
  ${xmlComment('Started again after any other end than a good one. Nothing else may stand in here: such keys are alternatives.')}
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  ${xmlComment('Seconds between two starts.')}
  <key>ThrottleInterval</key>
  <integer>${restartSeconds * 2}</integer>
  ${xmlComment(`Seconds from SIGTERM to SIGKILL: longer than --drain-grace (${drainSeconds}), for which live matches may go on.`)}
  <key>ExitTimeOut</key>
  <integer>${drainSeconds + closeSeconds}</integer>
  <key>StandardOutPath</key>
  <string>${xmlText(`${folder}/${name}.out.log`)}</string>
  <key>StandardErrorPath</key>
  <string>${xmlText(`${folder}/${name}.err.log`)}</string>
</dict>
</plist>
`;
}
