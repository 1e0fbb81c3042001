/** The whole of `scripts/verify.sh`, in a PATH of programs that only write down that they were started. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../../scripts/verify.sh', import.meta.url));
const needed = [
  'chromium',
  'nats-server',
  'promtool',
  'systemd-analyze',
  'tinyproxy',
  'openssl',
  'script',
  'bash',
  'zsh',
  'fish',
];

let bin: string;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'chipzen-verify-'));
  writeFileSync(join(bin, 'ran'), '');
  for (const tool of ['sh', 'dirname', 'env']) {
    symlinkSync(
      execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(),
      join(bin, tool),
    );
  }
});

afterEach(() => rmSync(bin, { recursive: true }));

/** @param body more than to write down that it was started, in the shell's language. */
function put(name: string, body = ''): void {
  const path = join(bin, name);
  writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> '${join(bin, 'ran')}'\n${body}\n`);
  chmodSync(path, 0o755);
}

const putAll = (names: readonly string[]) => {
  for (const name of names) put(name);
};

const putNode = () => symlinkSync(process.execPath, join(bin, 'node'));

function verify() {
  const env = { PATH: bin, HOME: bin };
  const { status, stderr } = spawnSync(program, { env, encoding: 'utf8' });
  const ran = readFileSync(join(bin, 'ran'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return {
    status,
    said: stderr
      .replaceAll(/in \d+ s/g, 'in N s')
      .split('\n')
      .slice(0, -1),
    ran,
  };
}

it('installs, tests, checks, and runs the long tests', () => {
  putNode();
  putAll([...needed, 'npm']);
  expect(verify()).toEqual({
    status: 0,
    said: ['npm ci', 'npm test', 'npm run check', 'npm run test:long'].flatMap((step) => [
      `verify: ${step}`,
      `verify: ${step} passed, in N s.`,
    ]),
    ran: ['chromium --version', 'npm ci', 'npm test', 'npm run check', 'npm run test:long'],
  });
});

it('ends at the first step that fails, with its exit code', () => {
  putNode();
  putAll(needed);
  put('npm', 'test "$1" != test || exit 3');
  const { status, said, ran } = verify();
  expect({ status, last: said.at(-1), ran: ran.at(-1) }).toEqual({
    status: 3,
    last: 'verify: npm test failed.',
    ran: 'npm test',
  });
});

it('installs what is missing first, as root or with sudo', () => {
  putNode();
  putAll(['npm', ...needed.filter((name) => name !== 'openssl')]);
  const openssl = `printf '#!/bin/sh\\\n' > '${bin}/openssl'; '${process.execPath}' -e "fs.chmodSync('${bin}/openssl', 0o755)"`;
  put('apt-get', `case "$*" in *--simulate*) ;; *install*) ${openssl};; esac`);
  put('sudo', 'exec "$@"');
  const { status, ran } = verify();
  expect(status).toBe(0);
  expect(ran.filter((line) => line.startsWith('apt-get'))).toEqual([
    'apt-get update',
    'apt-get install --simulate openssl',
    'apt-get install -y --no-install-recommends openssl',
  ]);
  expect(ran.some((line) => line.startsWith('sudo'))).toBe(process.getuid?.() !== 0);
});

it('says what is missing on a system that it does not know, and starts nothing', () => {
  putNode();
  putAll(['npm', ...needed.filter((name) => name !== 'tinyproxy')]);
  expect(verify()).toEqual({
    status: 1,
    said: [
      'verify: The proxy tinyproxy is missing (for the tests of proxies): install it (Debian has it as tinyproxy), and have it in PATH.',
    ],
    ran: [],
  });
});

it('says that Node is missing', () => {
  putAll(needed);
  expect(verify()).toEqual({
    status: 1,
    said: [
      'verify: node is missing. Install Node 20.19 or newer, which brings npm along, and run this again.',
    ],
    ran: [],
  });
});

it('says that Node is too old', () => {
  const old = `Object.defineProperty(process.versions, 'node', { value: '20.18.3' })`;
  put(
    'node',
    `exec '${process.execPath}' --import 'data:text/javascript,${encodeURIComponent(old).replaceAll("'", '%27')}' "$@"`,
  );
  putAll(['npm', ...needed]);
  const { status, said, ran } = verify();
  expect({ status, said, ran: ran.filter((line) => line.startsWith('npm')) }).toEqual({
    status: 1,
    said: ['verify: This is Node 20.18.3; building and testing needs 20.19 or newer, or 22.12 or newer.'],
    ran: [],
  });
});
