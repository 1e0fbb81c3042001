import { describe, expect, it } from 'vitest';
import {
  defaultMemoryMb,
  processCommand,
  processEnv,
} from '../../../../src/io/hosting/processes/bot-process-command.js';
import { agentClock, clockBaseOf } from '../../../../src/io/hosting/processes/bot-process-messages.js';
import { systemNow } from '../../../../src/time/clock.js';

describe('the process of a bot', () => {
  it('gets a limit of its heap, and one of all its memory that is 128 MB higher', () => {
    const { file, args } = processCommand(64);
    expect([file, args[0]]).toEqual(['/bin/sh', '-c']);
    expect(args[1]).toContain(`ulimit -d ${(64 + 128) * 1_024};`);
    expect(args.slice(2, 4)).toEqual([process.execPath, '--max-old-space-size=64']);
  });

  it('has a limit also when nobody names one', () => {
    expect(defaultMemoryMb()).toBeGreaterThanOrEqual(256);
    expect(defaultMemoryMb()).toBeLessThanOrEqual(4_096);
  });

  it.each([
    ['--inspect', ''],
    ['--inspect=127.0.0.1:9229 --enable-source-maps', ' --enable-source-maps'],
    ['--max-http-header-size=9 --inspect-brk --inspect-port=0', '--max-http-header-size=9'],
    ['--import tsx', '--import tsx'],
  ])('opens no debugger of its own for %s', (options, left) => {
    expect(processEnv({ NODE_OPTIONS: options, HOME: '/h' })).toEqual({ NODE_OPTIONS: left, HOME: '/h' });
  });

  it('keeps an environment without such options as it is', () => {
    expect(processEnv({ HOME: '/h' })).toEqual({ HOME: '/h' });
  });

  it('counts on the clock of the agent', () => {
    const now = agentClock(clockBaseOf(systemNow));
    const [before, between, after] = [systemNow(), now(), systemNow()];
    expect(between).toBeGreaterThan(before - 50);
    expect(between).toBeLessThan(after + 50);
    const far = agentClock(clockBaseOf(() => 1e12));
    expect(far()).toBeGreaterThanOrEqual(1e12);
    expect(far()).toBeLessThan(1e12 + 60_000);
  });
});
