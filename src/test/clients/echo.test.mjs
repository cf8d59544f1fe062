// Laravel Echo over pusher-js, against our own /broadcasting/auth with a Bearer token.
import assert from 'node:assert/strict';
import Echo from 'laravel-echo';
import Pusher from 'pusher-js';
import { call, count, eventually, firstApp, newChatChannel, person, proves, pusherOptions, say, server, unique, url } from './support/service.mjs';

async function echoOf(ending, someone, transport = 'ajax') {
  const echo = new Echo({
    broadcaster: 'pusher',
    Pusher,
    key: firstApp.key,
    ...pusherOptions,
    authEndpoint: new URL('/broadcasting/auth', url).href,
    authTransport: transport,
    userAuthentication: {
      endpoint: new URL('/broadcasting/user-auth', url).href,
      headers: { Authorization: `Bearer ${someone.token}` },
    },
    bearerToken: someone.token,
  });
  ending(() => echo.disconnect());
  await eventually('a connection', () => echo.connector.pusher.connection.state === 'connected');
  return echo;
}

const subscribed = async (channel, name = 'a channel') => {
  let isIn = false;
  channel.subscribed(() => (isIn = true));
  await eventually(`a subscription to ${name}`, () => isIn);
  return channel;
};

proves('Echo: channel() listens to events of a namespace, and with a dot to any other', async ending => {
  const name = unique('orders-');
  const echo = await echoOf(ending, await person());
  const heard = [];
  const channel = echo.channel(name).listen('OrderShipped', data => heard.push(['OrderShipped', data])).listen('.order.paid', data => heard.push(['.order.paid', data]));
  await subscribed(channel);

  await server.trigger(name, 'App\\Events\\OrderShipped', { id: 1 });
  await server.trigger(name, 'order.paid', { id: 2 });

  await count(heard, 2);
  assert.deepEqual(heard, [['OrderShipped', { id: 1 }], ['.order.paid', { id: 2 }]]);
});

proves('Echo: private() hears messages of a chat channel that one is a member of', async ending => {
  const ada = await person('Ada');
  const channelId = await newChatChannel(ada);
  const heard = [];
  const channel = (await echoOf(ending, ada)).private(`channel-${channelId}`).listen('.message.created', message => heard.push(message.text));
  await subscribed(channel);

  await say(ada, channelId, 'hello');
  await say(ada, channelId, 'world');

  await count(heard, 2);
  assert.deepEqual(heard, ['hello', 'world']);
});

proves('Echo: private() gives an error with 403 to who is not a member', async ending => {
  const channelId = await newChatChannel(await person());
  let error;
  (await echoOf(ending, await person())).private(`channel-${channelId}`).error(found => (error = found));

  await eventually('an error', () => error);
  assert.equal(error.status, 403);
});

proves('Echo: join() has here, joining and leaving, with the members of a chat channel', async ending => {
  const [ada, bob] = [await person('Ada'), await person('Bob')];
  const channelId = await newChatChannel(ada, [bob]);
  const news = [];
  const room = (await echoOf(ending, ada))
    .join(`channel-${channelId}`)
    .here(members => news.push(['here', members.map(member => member.displayName)]))
    .joining(member => news.push(['joining', member.displayName]))
    .leaving(member => news.push(['leaving', member.displayName]));
  await count(news, 1);

  const echoOfBob = await echoOf(ending, bob);
  let members;
  echoOfBob.join(`channel-${channelId}`).here(found => (members = found.map(member => member.displayName).sort()));
  await eventually('bob is told who is here', () => members);
  assert.deepEqual(members, ['Ada', 'Bob']);
  await count(news, 2);
  echoOfBob.leave(`channel-${channelId}`);
  await count(news, 3);

  assert.deepEqual(news, [['here', ['Ada']], ['joining', 'Bob'], ['leaving', 'Bob']]);
  assert.ok(room.subscription.subscribed);
});

proves('Echo: whisper() reaches the others, and typing is told once in three seconds', async ending => {
  const [ada, bob] = [await person('Ada'), await person('Bob')];
  const channelId = await newChatChannel(ada, [bob]);
  const heard = [];
  const listener = (await echoOf(ending, ada))
    .private(`channel-${channelId}`)
    .listenForWhisper('typing', data => heard.push(['typing', data]))
    .listenForWhisper('fence', () => heard.push(['fence']));
  await subscribed(listener);
  const talker = await subscribed((await echoOf(ending, bob)).private(`channel-${channelId}`));

  talker.whisper('typing', { name: 'Bob' });
  talker.whisper('typing', { name: 'Bob' });
  talker.whisper('fence', {});

  await count(heard, 2);
  assert.deepEqual(heard, [['typing', { name: 'Bob' }], ['fence']]);
});

proves('Echo: a notification is heard on the channel of a user', async ending => {
  const ada = await person();
  const heard = [];
  const channel = (await echoOf(ending, ada)).private(`user-${ada.id}`).notification(notification => heard.push(notification.type));
  await subscribed(channel);

  await server.trigger(`private-user-${ada.id}`, 'Illuminate\\Notifications\\Events\\BroadcastNotificationCreated', { type: 'InvoicePaid' });

  await count(heard, 1);
  assert.deepEqual(heard, ['InvoicePaid']);
});

proves('Echo: toOthers() leaves out who sends its socketId', async ending => {
  const name = unique('room-');
  const [one, two] = [await echoOf(ending, await person()), await echoOf(ending, await person())];
  const [heardByOne, heardByTwo] = [[], []];
  await subscribed(one.channel(name).listenToAll((event, data) => heardByOne.push(data)));
  await subscribed(two.channel(name).listenToAll((event, data) => heardByTwo.push(data)));

  await server.trigger(name, 'e', 'to others', { socket_id: one.socketId() });
  await server.trigger(name, 'e', 'to all');

  await count(heardByTwo, 2);
  await count(heardByOne, 1);
  assert.deepEqual([heardByOne, heardByTwo], [['to all'], ['to others', 'to all']]);
});

proves('Echo: leaveChannel() ends a subscription, and the service knows', async ending => {
  const name = unique('room-');
  const echo = await echoOf(ending, await person());
  await subscribed(echo.channel(name));
  const isOccupied = async () => (await (await server.get({ path: `/channels/${name}` })).json()).occupied;
  await eventually('an occupied channel', isOccupied);

  echo.leaveChannel(name);

  await eventually('a vacated channel', async () => !(await isOccupied()));
});

proves('Echo: a stream that is created and changed is told to everyone who listens to streams', async ending => {
  const owner = await person();
  const heard = [];
  const channel = (await echoOf(ending, owner)).channel('streams').listen('.live-stream.created', stream => heard.push(stream.title));
  await subscribed(channel);
  const title = unique('Opening night ');

  await call('POST', '/api/v1/streams', { token: owner.token, body: { title } });

  await eventually('the new stream', () => heard.includes(title));
});
