import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playHands } from 'chipzen-agent/testing';

// Given as a file: its import of @chipzen-ai/bot gets chipzen-agent, as it does when chipzen-agent plays with it.
const bot = new URL('./{{bot}}', import.meta.url);

test('plays two hundred hands without a mistake', async () => {
  const { mistakes } = await playHands([bot, 'tight-aggressive'], { hands: 200, seed: 'two hundred' });
  assert.deepEqual(mistakes, []);
});
