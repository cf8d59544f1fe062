// The HTTP API, as the library for servers calls it.
import assert from 'node:assert/strict';
import PusherServer from 'pusher';
import { connect, count, eventually, firstApp, otherApp, proves, server, serverOf, subscribe, unique, url } from './support/service.mjs';

const get = async (path, params) => (await server.get({ path, params })).json();
const postStatus = async promise => promise.then(response => response.status, error => error.status);

proves('npm pusher: triggerBatch brings several events to a channel each, in order', async ending => {
  const [one, two] = [unique('room-'), unique('room-')];
  const pusher = await connect(ending);
  const [first, second] = [await subscribe(pusher, one), await subscribe(pusher, two)];

  await server.triggerBatch([
    { channel: one, name: 'a', data: { n: 1 } },
    { channel: two, name: 'b', data: 'text' },
    { channel: one, name: 'c', data: 3 },
  ]);

  await count(first.events, 2);
  await count(second.events, 1);
  assert.deepEqual(first.events, [['a', { n: 1 }], ['c', 3]]);
  assert.deepEqual(second.events, [['b', 'text']]);
});

proves('npm pusher: trigger answers with the counts that were asked for', async ending => {
  const [room, presence] = [unique('room-'), unique('presence-')];
  const [ada, bob] = [await connect(ending, { user: { id: 'ada', info: {} } }), await connect(ending, { user: { id: 'bob', info: {} } })];
  for (const pusher of [ada, bob]) {
    await subscribe(pusher, room);
    await subscribe(pusher, presence);
  }
  const trigger = async () =>
    (await (await server.trigger([room, presence], 'e', 1, { info: 'subscription_count,user_count' })).json()).channels;

  await eventually('two subscriptions', async () => (await trigger())[room].subscription_count === 2);
  assert.equal((await trigger())[presence].user_count, 2);
});

proves('npm pusher: channels lists what is occupied, by prefix, with users', async ending => {
  const prefix = unique('presence-');
  const names = [`${prefix}-a`, `${prefix}-b`];
  const ada = await connect(ending, { user: { id: 'ada', info: {} } });
  const bob = await connect(ending, { user: { id: 'bob', info: {} } });
  await subscribe(ada, names[0]);
  await subscribe(ada, names[1]);
  await subscribe(bob, names[1]);

  const wanted = { [names[0]]: { user_count: 1 }, [names[1]]: { user_count: 2 } };
  let listed;
  await eventually('both channels', async () => {
    listed = (await get('/channels', { filter_by_prefix: prefix, info: 'user_count' })).channels;
    return Object.keys(listed).length === 2;
  });
  assert.deepEqual(listed, wanted);
  const all = (await get('/channels')).channels;
  assert.deepEqual([all[names[0]], all[names[1]]], [{}, {}]);
});

proves('npm pusher: user_count without the prefix of presence channels is refused with 400', async () => {
  assert.equal(await postStatus(server.get({ path: '/channels', params: { info: 'user_count' } })), 400);
  assert.equal(await postStatus(server.get({ path: '/channels', params: { info: 'user_count', filter_by_prefix: 'room-' } })), 400);
});

proves('npm pusher: a channel is occupied while anyone listens, and users are those of its presence', async ending => {
  const presence = unique('presence-');
  assert.equal((await get(`/channels/${presence}`)).occupied, false);
  for (const id of ['ada', 'bob']) await subscribe(await connect(ending, { user: { id, info: {} } }), presence);

  let channel;
  await eventually('two subscriptions', async () => {
    channel = await get(`/channels/${presence}`, { info: 'user_count,subscription_count' });
    return channel.subscription_count === 2;
  });
  assert.deepEqual(channel, { occupied: true, user_count: 2, subscription_count: 2 });
  const { users } = await get(`/channels/${presence}/users`);
  assert.deepEqual(users.map(user => user.id).sort(), ['ada', 'bob']);
});

proves('npm pusher: users of a channel without presence are refused with 400', async () => {
  assert.equal(await postStatus(server.get({ path: `/channels/${unique('room-')}/users` })), 400);
});

proves('npm pusher: a cache channel shows what it keeps', async () => {
  const name = unique('cache-');
  assert.equal((await get(`/channels/${name}`, { info: 'cache' })).cache, null);
  await server.trigger(name, 'price', { p: 1 });
  const { cache } = await get(`/channels/${name}`, { info: 'cache' });
  assert.equal(cache.data, '{"p":1}');
  assert.ok(cache.ttl > 0 && cache.ttl <= 1800, `ttl ${cache.ttl}`);
});

proves('npm pusher: a wrong secret is refused with 401, an unknown app with 404', async () => {
  const at = { host: url.hostname, port: url.port, useTLS: false, key: firstApp.key };
  const forger = new PusherServer({ ...at, appId: firstApp.appId, secret: 'not the secret of the app' });
  assert.equal(await postStatus(forger.trigger('room', 'e', 1)), 401);
  const nobody = new PusherServer({ ...at, appId: 'no-such-app', secret: firstApp.secret });
  assert.equal(await postStatus(nobody.trigger('room', 'e', 1)), 404);
});

proves('npm pusher: data of more than 10 KB is refused with 413, of exactly 10 KB it is taken', async ending => {
  const name = unique('room-');
  const { events } = await subscribe(await connect(ending), name);
  assert.equal(await postStatus(server.trigger(name, 'large', 'x'.repeat(10 * 1024 + 1))), 413);
  assert.equal(await postStatus(server.trigger(name, 'fits', 'x'.repeat(10 * 1024))), 200);
  await count(events, 1);
  assert.deepEqual(events, [['fits', 'x'.repeat(10 * 1024)]]);
});

proves('npm pusher: channels of one app are not those of another', async ending => {
  const name = unique('room-');
  const other = serverOf(otherApp);
  const mine = await subscribe(await connect(ending), name);
  const theirs = await subscribe(await connect(ending, { backend: other }), name);

  await server.trigger(name, 'mine', 1);
  await other.trigger(name, 'theirs', 2);

  await count(mine.events, 1);
  await count(theirs.events, 1);
  assert.deepEqual(mine.events, [['mine', 1]]);
  assert.deepEqual(theirs.events, [['theirs', 2]]);
});
