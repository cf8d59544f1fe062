// What no library does: our own extension recover: {epoch, offset}, and the channel of another user. A plain WebSocket.
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { connect, count, eventually, firstApp, proves, server, subscribe, unique, url } from './support/service.mjs';

async function open(ending) {
  const socket = new WebSocket(`ws://${url.host}/app/${firstApp.key}?protocol=7&client=plain&version=1.0`);
  const frames = [];
  socket.on('message', text => frames.push(JSON.parse(text)));
  ending(() => socket.terminate());
  await eventually('a connection', () => frames.some(frame => frame.event === 'pusher:connection_established'));
  return {
    frames,
    ask: (channel, recover) =>
      socket.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel, ...(recover ? { recover } : {}) } })),
    async subscribe(channel, recover) {
      this.ask(channel, recover);
      return eventually('a subscription', () => frames.find(frame => frame.event === 'pusher_internal:subscription_succeeded'));
    },
    events: () => frames.filter(frame => frame.channel && !frame.event.startsWith('pusher')),
  };
}

const numbersOf = client => client.events().map(frame => JSON.parse(frame.data).n);

const positionOf = ({ epoch, offset }) => ({ epoch, offset });

proves('recover: who was away gets what it missed, once and in order, before what comes', async ending => {
  const name = unique('room-');
  const first = await open(ending);
  await first.subscribe(name, { epoch: 0, offset: 0 });
  for (const n of [1, 2]) await server.trigger(name, 'n', { n });
  await eventually('two events', () => first.events().length === 2);
  const last = positionOf(first.events().at(-1));
  for (const n of [3, 4, 5]) await server.trigger(name, 'n', { n });

  const second = await open(ending);
  const answer = await second.subscribe(name, last);
  await server.trigger(name, 'n', { n: 6 });
  await eventually('four events', () => second.events().length >= 4);

  assert.equal(answer.recovered, true);
  assert.deepEqual(numbersOf(second), [3, 4, 5, 6]);
  assert.deepEqual(second.events().map(frame => frame.offset - last.offset), [1, 2, 3, 4]);
});

proves('recover: what cannot be recovered is said, and where the channel is now', async ending => {
  const name = unique('room-');
  await server.trigger(name, 'n', { n: 1 });
  const client = await open(ending);

  const answer = await client.subscribe(name, { epoch: 1, offset: 1 });
  await server.trigger(name, 'n', { n: 2 });
  await eventually('an event', () => client.events().length > 0);

  assert.equal(answer.recovered, false);
  assert.deepEqual(numbersOf(client), [2]);
  assert.deepEqual(positionOf(client.events()[0]), { epoch: answer.epoch, offset: answer.offset + 1 });
});

proves('recover: who does not ask for it sees none of it', async ending => {
  const name = unique('room-');
  const client = await open(ending);
  const answer = await client.subscribe(name);
  const ordinary = await subscribe(await connect(ending), name);
  await server.trigger(name, 'n', { n: 1 });
  await count(ordinary.events, 1);
  await eventually('an event', () => client.events().length > 0);

  assert.deepEqual(Object.keys(answer).sort(), ['channel', 'data', 'event']);
  assert.deepEqual(Object.keys(client.events()[0]).sort(), ['channel', 'data', 'event']);
});

proves('plain WebSocket: the channel of a user is closed to everyone else', async ending => {
  const name = `#server-to-user-${unique('user')}`;
  const client = await open(ending);
  client.ask(name);

  const refusal = await eventually('a refusal', () => client.frames.find(frame => frame.event === 'pusher:subscription_error'));
  assert.equal(refusal.channel, name);
  assert.equal(JSON.parse(refusal.data).status, 401);
});
