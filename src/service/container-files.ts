/** The files of a container with a bot: `Dockerfile`, `compose.yaml`, `.dockerignore`. */
import { serviceDefaults } from './service-plan.js';

const defaults = {
  /**
   * Debian, and not Alpine: packages with native code, DuckDB of the ledger's index among them, are built for glibc. The line of
   * Node that has long-term support.
   */
  image: 'node:22-bookworm-slim',
} as const;

export interface ContainerPlan {
  name: string;
  /** Behind the program: `run`, the bot file, flags. Paths are in the folder of the project. */
  args: readonly string[];
  drainSeconds: number;
}

export function dockerfile({ args }: ContainerPlan): string {
  return `# docker compose up --build --detach
# No container engine has run it for this version; its rules are checked by tests.
FROM ${defaults.image}

WORKDIR /bot

# Before the bot, so that a change of its code installs nothing anew. The lock file is what "npm install" has left.
COPY package.json package-lock.json ./
# chipzen-agent may be among the development dependencies.
RUN npm ci --include=dev --no-audit --no-fund

COPY --chown=node:node . .
# What is kept beside the code: recordings, store, status; and the state of the agent in the user's folder.
RUN mkdir -p /bot/data /home/node/.chipzen && chown node:node /bot /bot/data /home/node/.chipzen

ENV NODE_ENV=production
USER node
# A signal has to reach the session: no shell and no npm stands in front of it.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "node_modules/chipzen-agent/dist/cli/main.js"]
CMD ${JSON.stringify(args).replaceAll('","', '", "')}
`;
}

export function composeFile({ name, drainSeconds }: ContainerPlan): string {
  return `# docker compose up --build --detach
# No container engine has run it for this version; its rules are checked by tests.
services:
  bot:
    build: .
    image: ${JSON.stringify(imageOf(name))}
    # A first process that passes signals on, and buries the processes of the bot.
    init: true
    # Also after a reboot. An end that starting again does not mend waits to be looked at: CHIPZEN_FINAL_EXIT.
    restart: unless-stopped
    # From SIGTERM to SIGKILL: longer than --drain-grace (${drainSeconds} s), for which live matches may go on. The default is 10 s.
    stop_grace_period: ${drainSeconds + serviceDefaults.closeSeconds}s
    environment:
      CHIPZEN_FINAL_EXIT: wait
      # From the environment of "docker compose" or the file .env beside this one, which is for you alone: chmod 600 .env
      CHIPZEN_EXTBOT_TOKEN: \${CHIPZEN_EXTBOT_TOKEN:?put it into the file .env}
      CHIPZEN_BOT_ID: \${CHIPZEN_BOT_ID:?put it into the file .env}
    volumes:
      - ./data:/bot/data
      - state:/home/node/.chipzen
    healthcheck:
      test: ["CMD", "node", "node_modules/chipzen-agent/dist/cli/main.js", "status", "data/status.json"]
      interval: 30s
      timeout: 10s
      start_period: ${serviceDefaults.startSeconds}s
    logging:
      driver: local

volumes:
  state:
`;
}

/** Of an image: small letters and digits, with single separators between them; a name alone such as `1.0` would be a number to YAML. */
const imageOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, (found) => (/^(?:[._]|__|-+)$/.test(found) ? found : '-'))
    .replace(/[^a-z\d]+$/, '');

export function dockerignore(): string {
  return `# The token goes into no image.
.env
.env.*
chipzen.toml
**/chipzen.toml
.git
node_modules
data
matches
store.jsonl*
*.log
`;
}
