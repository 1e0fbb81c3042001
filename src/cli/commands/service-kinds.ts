/** What `chipzen-agent service` can print. */
export const serviceKinds = ['systemd', 'launchd', 'windows', 'docker'] as const;

export type ServiceKind = (typeof serviceKinds)[number];
