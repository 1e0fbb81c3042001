import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Action } from 'chipzen-agent';
import { playHands, turnOf } from 'chipzen-agent/testing';
import MyBot from './bot.js';

test('raises two aces before the flop', () => {
  const { state } = turnOf({ holeCards: 'As Ah' });
  assert.equal(new MyBot().decide(state).action, 'raise');
});

test('folds seven-two to an all-in', () => {
  const { state } = turnOf({ holeCards: '7d 2c', dealer: 1, actions: ['all-in'] });
  assert.deepEqual(new MyBot().decide(state), Action.fold());
});

test('bets a set on the flop', () => {
  const { state } = turnOf({ holeCards: '8s 8h', board: '8c Kd 3s' });
  assert.equal(new MyBot().decide(state).action, 'raise');
});

test('plays two hundred hands without a mistake', async () => {
  const { mistakes } = await playHands([MyBot, 'tight-aggressive'], { hands: 200, seed: 'two hundred' });
  assert.deepEqual(mistakes, []);
});
