// Who is there: presence channels, sign-ins and watchlists of pusher-js.
import assert from 'node:assert/strict';
import { connect, count, eventually, proves, server, subscribe, unique } from './support/service.mjs';

const idsOf = channel => Object.keys(channel.members.members).sort();

// A presence channel of a client, and who came and went as it was told.
async function enter(pusher, name) {
  const { channel, events } = await subscribe(pusher, name);
  const news = [];
  channel.bind('pusher:member_added', member => news.push(['added', member.id, member.info]));
  channel.bind('pusher:member_removed', member => news.push(['removed', member.id]));
  return { channel, events, news };
}

proves('pusher-js: presence has exactly the members, with what is known of them, and tells who comes and goes', async ending => {
  const name = unique('presence-');
  const ada = await enter(await connect(ending, { user: { id: 'ada', info: { name: 'Ada', n: [1] } } }), name);
  assert.deepEqual(idsOf(ada.channel), ['ada']);
  assert.deepEqual(ada.channel.members.me, { id: 'ada', info: { name: 'Ada', n: [1] } });
  assert.equal(ada.channel.members.count, 1);

  const pusherOfBob = await connect(ending, { user: { id: 'bob', info: { name: 'Bob' } } });
  const bob = await enter(pusherOfBob, name);
  assert.deepEqual(bob.channel.members.members, { ada: { name: 'Ada', n: [1] }, bob: { name: 'Bob' } });
  assert.equal(bob.channel.members.count, 2);
  await count(ada.news, 1);

  pusherOfBob.unsubscribe(name);
  await count(ada.news, 2);
  assert.deepEqual(ada.news, [['added', 'bob', { name: 'Bob' }], ['removed', 'bob']]);
  assert.deepEqual(idsOf(ada.channel), ['ada']);
  assert.equal(ada.channel.members.count, 1);
  assert.deepEqual(bob.news, []);
});

proves('pusher-js: a user with two connections comes once, and goes with the last of them', async ending => {
  const name = unique('presence-');
  const ada = await enter(await connect(ending, { user: { id: 'ada', info: {} } }), name);
  const bob = { id: 'bob', info: {} };
  const [phone, laptop] = [await connect(ending, { user: bob }), await connect(ending, { user: bob })];
  await enter(phone, name);
  const onLaptop = await enter(laptop, name);
  assert.equal(onLaptop.channel.members.count, 2);

  phone.disconnect();
  const carl = await connect(ending, { user: { id: 'carl', info: {} } });
  await enter(carl, name);
  await count(ada.news, 2);
  assert.deepEqual(ada.news.map(([what, id]) => [what, id]), [['added', 'bob'], ['added', 'carl']]);
  laptop.disconnect();
  await count(ada.news, 3);
  assert.deepEqual(ada.news[2], ['removed', 'bob']);
  assert.deepEqual(idsOf(ada.channel), ['ada', 'carl']);
});

proves('pusher-js: ids of users may be numbers, and are texts for everyone', async ending => {
  const name = unique('presence-');
  const ada = await enter(await connect(ending, { user: { id: 7, info: {} } }), name);
  assert.deepEqual(idsOf(ada.channel), ['7']);
});

proves('pusher-js: who is signed in gets what a server sends to the user, on all connections, and nobody else does', async ending => {
  const [id, other] = [unique('user'), unique('user')];
  const pushers = [await connect(ending, { user: { id } }), await connect(ending, { user: { id } }), await connect(ending, { user: { id: other } })];
  const received = pushers.map(() => []);
  for (const [index, pusher] of pushers.entries()) {
    pusher.user.bind_global((name, data) => {
      if (!name.startsWith('pusher')) received[index].push([name, data]);
    });
    pusher.signin();
  }
  await eventually('all signed in', () => pushers.every(pusher => pusher.user.user_data && pusher.user.serverToUserChannel?.subscribed));

  await server.sendToUser(id, 'note', { n: 1 });
  await server.sendToUser(other, 'fence', {});

  for (const events of received) await count(events, 1);
  assert.deepEqual(received, [[['note', { n: 1 }]], [['note', { n: 1 }]], [['fence', {}]]]);
});

proves('pusher-js: a watchlist tells who is online, comes online and goes offline', async ending => {
  const [watched, present] = [unique('user'), unique('user')];
  const there = await connect(ending, { user: { id: present } });
  there.signin();
  await eventually('signed in', () => there.user.user_data);
  const pusher = await connect(ending, { user: { id: unique('user'), watchlist: [watched, present] } });
  const news = [];
  pusher.user.watchlist.bind('online', event => news.push(['online', event.user_ids]));
  pusher.user.watchlist.bind('offline', event => news.push(['offline', event.user_ids]));
  pusher.signin();
  await count(news, 1);
  assert.deepEqual(news, [['online', [present]]]);

  const [phone, laptop] = [await connect(ending, { user: { id: watched } }), await connect(ending, { user: { id: watched } })];
  phone.signin();
  laptop.signin();
  await eventually('both signed in', () => phone.user.user_data && laptop.user.user_data);
  await count(news, 2);
  phone.disconnect();
  there.disconnect();
  await count(news, 3);
  laptop.disconnect();
  await count(news, 4);
  assert.deepEqual(news.slice(1), [['online', [watched]], ['offline', [present]], ['offline', [watched]]]);
});

proves('pusher-js: terminate_connections ends the connections of a user for good, and no others', async ending => {
  const [id, other] = [unique('user'), unique('user')];
  const [sent, stays] = [await connect(ending, { user: { id } }), await connect(ending, { user: { id: other } })];
  sent.signin();
  stays.signin();
  await eventually('both signed in', () => sent.user.serverToUserChannel?.subscribed && stays.user.serverToUserChannel?.subscribed);
  const notes = [];
  stays.user.bind('note', data => notes.push(data));

  await server.terminateUserConnections(id);

  await eventually('no connection', () => sent.connection.state === 'disconnected');
  await server.sendToUser(other, 'note', 1);
  await count(notes, 1);
  assert.equal(stays.connection.state, 'connected');
});
