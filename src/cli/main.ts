#!/usr/bin/env node
import type { CliIo, StopSignal } from './io.js';
import { runCli } from './program.js';

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM'];

/** Signals after which the process no longer waits for anything. */
const patience = 3;

const io: CliIo = {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  onSignal(listener) {
    let received = 0;
    const onSignal = (signal: StopSignal): void => {
      received += 1;
      if (received >= patience) process.exit(1);
      listener(signal);
    };
    for (const signal of stopSignals) process.on(signal, onSignal);
    return () => {
      for (const signal of stopSignals) process.off(signal, onSignal);
    };
  },
};

// Whoever read our output has gone, for instance `head`: there is nobody left to tell.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(1));

const code = await runCli(process.argv.slice(2), io);
// A bot may leave timers and sockets of its own behind; what is written must still get out.
process.stdout.write('', () => process.exit(code));
