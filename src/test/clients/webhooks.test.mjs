// Webhooks of the app that has them, as the library for servers reads them. They come to WEBHOOK_PORT of this machine.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import { connect, eventually, hookedApp, proves, serverOf, subscribe, unique } from './support/service.mjs';

const backend = serverOf(hookedApp);

// The site that takes webhooks. It is there all the time, as what it misses comes later and later.
const events = [];
const invalid = [];
let toRefuse = 0;
const site = createServer((request, response) => {
  let rawBody = '';
  request.setEncoding('utf8');
  request.on('data', chunk => (rawBody += chunk));
  request.on('end', () => {
    if (toRefuse > 0) {
      toRefuse--;
      response.writeHead(500).end();
      return;
    }
    const webhook = backend.webhook({ headers: request.headers, rawBody });
    if (webhook.isValid()) events.push(...webhook.getEvents());
    else invalid.push(rawBody);
    response.writeHead(200).end();
  });
});

before(async () => {
  site.listen(Number(process.env.WEBHOOK_PORT), '127.0.0.1');
  await once(site, 'listening');
});

after(() => {
  site.close();
  site.closeAllConnections();
});

async function told(name, channel) {
  const event = await eventually(`${name} of ${channel}`, () => events.find(each => each.name === name && each.channel === channel));
  assert.deepEqual(invalid, []);
  return event;
}

const toldOf = channel => events.filter(event => event.channel === channel).map(event => event.name);

proves('npm pusher: webhooks are signed, and tell that a channel is occupied and vacated', async ending => {
  const name = unique('room-');
  const pusher = await connect(ending, { backend });
  await subscribe(pusher, name);
  await told('channel_occupied', name);

  pusher.unsubscribe(name);
  await told('channel_vacated', name);
  assert.deepEqual(toldOf(name).filter(event => event !== 'subscription_count'), ['channel_occupied', 'channel_vacated']);
});

proves('npm pusher: webhooks tell who comes to a presence channel, and who goes', async ending => {
  const name = unique('presence-');
  const pusher = await connect(ending, { backend, user: { id: 'ada', info: {} } });
  await subscribe(pusher, name);
  assert.equal((await told('member_added', name)).user_id, 'ada');

  pusher.disconnect();
  assert.equal((await told('member_removed', name)).user_id, 'ada');
  await told('channel_vacated', name);
});

proves('npm pusher: webhooks carry client events, and who sent them', async ending => {
  const name = unique('presence-');
  const pusher = await connect(ending, { backend, user: { id: 'ada', info: {} } });
  const { channel } = await subscribe(pusher, name);
  channel.trigger('client-wave', { hand: 'left' });

  const event = await told('client_event', name);
  assert.equal(event.event, 'client-wave');
  assert.equal(event.user_id, 'ada');
  assert.equal(event.socket_id, pusher.connection.socket_id);
  assert.deepEqual(JSON.parse(event.data), { hand: 'left' });
});

proves('npm pusher: webhooks tell of a miss of a cache channel', async ending => {
  const name = unique('cache-');
  (await connect(ending, { backend })).subscribe(name);
  await told('cache_miss', name);
});

proves('npm pusher: webhooks that a site fails to take come again', async ending => {
  toRefuse = 2;
  const name = unique('room-');
  await subscribe(await connect(ending, { backend }), name);
  await told('channel_occupied', name);
  assert.equal(toRefuse, 0);
});

proves('pusher-js: subscribers are told how many they are, and the site is', async ending => {
  const name = unique('room-');
  const [one, two] = [await connect(ending, { backend }), await connect(ending, { backend })];
  const { channel } = await subscribe(one, name);
  const counts = [];
  channel.bind('pusher:subscription_count', data => counts.push(data.subscription_count));
  await subscribe(two, name);

  await eventually('a count of 2', () => counts.at(-1) === 2);
  assert.equal(channel.subscriptionCount, 2);
  await told('subscription_count', name);
});
