#!/usr/bin/env node
// This file is all that is loaded before the handlers stand: as the first process of a container (PID 1) a program
// that has none for a signal does not even get it.
import { watchSignals } from './surroundings/signals.js';

const signals = watchSignals();
const { start } = await import('./process.js');
await start(signals);
