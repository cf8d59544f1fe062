// pusher-js, and the library for servers.
import assert from 'node:assert/strict';
import PusherServer from 'pusher';
import { call, connect, count, eventually, newChatChannel, person, proves, pusherOptions, record, say, server, subscribe, unique, url } from './support/service.mjs';

proves('pusher-js: a public channel gives what a server triggers, as it was and in order', async ending => {
  const name = unique('room-');
  const { events } = await subscribe(await connect(ending), name);

  await server.trigger(name, 'greeting', { text: 'Grüße "all" \u2028 🎭', n: [1, null, true] });
  await server.trigger(name, 'text', 'just text');
  await server.trigger(name, 'number', 5);

  await count(events, 3);
  assert.deepEqual(events, [
    ['greeting', { text: 'Grüße "all" \u2028 🎭', n: [1, null, true] }],
    ['text', 'just text'],
    ['number', 5],
  ]);
});

proves('pusher-js: one trigger reaches all its channels, and nobody else', async ending => {
  const pusher = await connect(ending);
  const [one, two, three] = [unique('a-'), unique('b-'), unique('c-')];
  const first = await subscribe(pusher, one);
  const second = await subscribe(pusher, two);
  const third = await subscribe(pusher, three);

  await server.trigger([one, two], 'e', 1);
  await server.trigger(three, 'fence', 2);

  await count(third.events, 1);
  await count(first.events, 1);
  await count(second.events, 1);
  assert.deepEqual([first.events, second.events, third.events], [[['e', 1]], [['e', 1]], [['fence', 2]]]);
});

proves('pusher-js: who triggered with its socket_id does not hear it', async ending => {
  const name = unique('room-');
  const sender = await connect(ending);
  const heard = await subscribe(sender, name);
  const other = await subscribe(await connect(ending), name);

  await server.trigger(name, 'mine', 1, { socket_id: sender.connection.socket_id });
  await server.trigger(name, 'fence', 2);

  await count(heard.events, 1);
  await count(other.events, 2);
  assert.deepEqual(heard.events, [['fence', 2]]);
  assert.deepEqual(other.events, [['mine', 1], ['fence', 2]]);
});

proves('pusher-js: a private channel is open to whom the backend signs', async ending => {
  const name = unique('private-');
  const { events } = await subscribe(await connect(ending), name);

  await server.trigger(name, 'secret', { a: 1 });

  await count(events, 1);
  assert.deepEqual(events, [['secret', { a: 1 }]]);
});

proves('pusher-js: a wrong signature is a subscription_error with 401, and the connection stays', async ending => {
  const forger = new PusherServer({ appId: 'x', key: server.config.token.key, secret: 'not the secret of the app' });
  const pusher = await connect(ending, {
    options: { channelAuthorization: { customHandler: ({ socketId, channelName }, done) => done(null, forger.authorizeChannel(socketId, channelName)) } },
  });
  const channel = pusher.subscribe(unique('private-'));
  let error;
  channel.bind('pusher:subscription_error', found => (error = found));

  await eventually('a subscription_error', () => error);
  assert.equal(error.type, 'AuthError');
  assert.equal(error.status, 401);
  assert.equal(channel.subscribed, false);

  await subscribe(pusher, unique('room-'));
});

proves('pusher-js: our own endpoint refuses a channel with 403, which is a subscription_error', async ending => {
  const [owner, stranger] = [await person(), await person()];
  const channelId = await newChatChannel(owner);
  const pusher = await connect(ending, {
    options: {
      channelAuthorization: { endpoint: new URL('/pusher/auth', url).href, transport: 'ajax', headers: { Authorization: `Bearer ${stranger.token}` } },
    },
  });
  const channel = pusher.subscribe(`private-channel-${channelId}`);
  let error;
  channel.bind('pusher:subscription_error', found => (error = found));

  await eventually('a subscription_error', () => error);
  assert.equal(error.type, 'AuthError');
  assert.equal(error.status, 403);
});

proves('pusher-js: our own endpoint lets a member hear messages of a chat channel, in order', async ending => {
  const owner = await person();
  const channelId = await newChatChannel(owner);
  const pusher = await connect(ending, {
    options: {
      channelAuthorization: { endpoint: new URL('/pusher/auth', url).href, transport: 'ajax', headers: { Authorization: `Bearer ${owner.token}` } },
    },
  });
  const { events } = await subscribe(pusher, `private-channel-${channelId}`);

  const texts = ['one', 'two', 'three'];
  for (const text of texts) await say(owner, channelId, text);

  await count(events, 3);
  assert.deepEqual(events.map(([name, message]) => [name, message.text]), texts.map(text => ['message.created', text]));
});

proves('pusher-js: after unsubscribe nothing comes, after subscribing anew all does', async ending => {
  const name = unique('room-');
  const fence = unique('fence-');
  const pusher = await connect(ending);
  const { channel, events } = await subscribe(pusher, name);
  const fenced = await subscribe(pusher, fence);

  pusher.unsubscribe(name);
  await eventually('nobody in the channel', async () => !(await (await server.get({ path: `/channels/${name}` })).json()).occupied);
  await server.trigger(name, 'unheard', 1);
  await server.trigger(fence, 'fence', 1);
  await count(fenced.events, 1);
  assert.deepEqual(events, []);

  const again = await subscribe(pusher, name);
  await server.trigger(name, 'heard', 2);
  await count(again.events, 1);
  assert.deepEqual(again.events.at(-1), ['heard', 2]);
  assert.equal(again.channel.name, channel.name);
});

for (const prefix of ['cache-', 'private-cache-', 'presence-cache-']) {
  proves(`pusher-js: a ${prefix} channel gives its last event to who comes, and else says that there is none`, async ending => {
    const name = unique(prefix);
    const user = { id: 'u1', info: {} };
    const first = await connect(ending, { user });
    let misses = 0;
    const missing = first.subscribe(name);
    missing.bind('pusher:cache_miss', () => misses++);
    await eventually('a cache_miss', () => misses === 1);

    await server.trigger(name, 'price', 1);
    await server.trigger(name, 'price', 2);

    const second = await connect(ending, { user });
    let missesOfSecond = 0;
    const channel = second.subscribe(name);
    channel.bind('pusher:cache_miss', () => missesOfSecond++);
    const events = record(channel);
    await count(events, 1);
    await server.trigger(name, 'price', 3);
    await count(events, 2);
    assert.deepEqual(events, [['price', 2], ['price', 3]]);
    assert.equal(missesOfSecond, 0);
  });
}

proves('pusher-js: what clients say is not what a cache channel keeps', async ending => {
  const name = unique('private-cache-');
  const [talker, listener] = [await connect(ending), await connect(ending)];
  const spoken = await subscribe(talker, name);
  const heard = await subscribe(listener, name);

  await server.trigger(name, 'kept', 1);
  await count(spoken.events, 1);
  spoken.channel.trigger('client-said', 2);
  await count(heard.events, 2);

  const late = await subscribe(await connect(ending), name);
  await count(late.events, 1);
  assert.deepEqual(late.events, [['kept', 1]]);
});

for (const prefix of ['private-encrypted-', 'private-encrypted-cache-']) {
  proves(`pusher-js: a ${prefix} channel is read by who has the key that the server library made`, async ending => {
    const name = unique(prefix);
    const { events } = await subscribe(await connect(ending), name);

    await server.trigger(name, 'sealed', { pin: 4711 });

    await count(events, 1);
    assert.deepEqual(events, [['sealed', { pin: 4711 }]]);
  });
}

proves('pusher-js: client events reach the others with their data as it was, and no user_id on private channels', async ending => {
  const name = unique('private-');
  const talker = await subscribe(await connect(ending), name);
  const listener = await subscribe(await connect(ending), name);
  const metadata = [];
  listener.channel.bind('client-move', (data, meta) => metadata.push(meta));

  talker.channel.trigger('client-move', { x: 1 });
  talker.channel.trigger('client-move', 'text');
  await count(listener.events, 2);
  listener.channel.trigger('client-fence', {});
  await count(talker.events, 1);

  assert.deepEqual(listener.events, [['client-move', { x: 1 }], ['client-move', 'text']]);
  assert.deepEqual(talker.events, [['client-fence', {}]]);
  assert.deepEqual(metadata.map(meta => meta?.user_id), [undefined, undefined]);
});

proves('pusher-js: client events on presence channels say who said them', async ending => {
  const name = unique('presence-');
  const talker = await subscribe(await connect(ending, { user: { id: 'ada', info: {} } }), name);
  const listener = await subscribe(await connect(ending, { user: { id: 'bob', info: {} } }), name);
  const said = [];
  listener.channel.bind('client-wave', (data, meta) => said.push([data, meta.user_id]));

  talker.channel.trigger('client-wave', { hand: 'left' });

  await count(said, 1);
  assert.deepEqual(said, [[{ hand: 'left' }, 'ada']]);
});

proves('pusher-js: more than ten client events a second are an error 4301, and the connection stays', async ending => {
  const name = unique('private-');
  const pusher = await connect(ending);
  const errors = [];
  pusher.connection.bind('error', error => errors.push(error.data?.code));
  const { channel } = await subscribe(pusher, name);

  for (let i = 0; i < 15; i++) channel.trigger('client-move', i);

  await eventually('an error 4301', () => errors.includes(4301));
  await subscribe(pusher, unique('room-'));
  assert.equal(pusher.connection.state, 'connected');
});

proves('pusher-js: a member who leaves a chat channel is sent away with 4200, comes back at once, and is let into the others alone', async ending => {
  const [owner, guest] = [await person(), await person()];
  const [left, kept] = [await newChatChannel(owner, [guest]), await newChatChannel(owner, [guest])];
  const pusher = await connect(ending, {
    options: {
      channelAuthorization: { endpoint: new URL('/pusher/auth', url).href, transport: 'ajax', headers: { Authorization: `Bearer ${guest.token}` } },
      userAuthentication: { endpoint: new URL('/pusher/user-auth', url).href, transport: 'ajax', headers: { Authorization: `Bearer ${guest.token}` } },
    },
  });
  pusher.signin();
  await eventually('a sign-in', () => pusher.user.user_data);
  const of = await subscribe(pusher, `private-channel-${left}`);
  const other = await subscribe(pusher, `private-channel-${kept}`);
  const socketId = pusher.connection.socket_id;
  const refusals = [];
  of.channel.bind('pusher:subscription_error', error => refusals.push(error.status));

  await call('DELETE', `/api/v1/channels/${left}/members/${guest.id}`, { token: guest.token });

  await eventually('another connection', () => pusher.connection.state === 'connected' && pusher.connection.socket_id !== socketId);
  await eventually('a refusal', () => refusals.length > 0);
  await eventually('the other channel', () => other.channel.subscribed);
  await say(owner, kept, 'still here');
  await count(other.events, 1);
  assert.deepEqual(refusals, [403]);
  assert.deepEqual(other.events.map(([, message]) => message.text), ['still here']);
});

proves('pusher-js: an unknown key is a 4001, after which it does not come back', async () => {
  const { default: Pusher } = await import('pusher-js');
  const pusher = new Pusher('no-such-key', pusherOptions);
  const errors = [];
  pusher.connection.bind('error', error => errors.push(error.data?.code ?? error.error?.data?.code));
  await eventually('a 4001', () => errors.includes(4001));
  await eventually('no connection', () => ['disconnected', 'failed'].includes(pusher.connection.state));
  pusher.disconnect();
});
