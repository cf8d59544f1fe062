// The service under test, and what every test does with it. Where it is comes from the environment:
// STAGEDOOR_URL, and PUSHER_APP_ID, _KEY and _SECRET of the first app, OTHER_APP_… of another, and HOOKED_APP_… of one with
// subscription counts and webhooks, which it sends to the port WEBHOOK_PORT of this machine.
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import PusherServer from 'pusher';
import Pusher from 'pusher-js';

const required = name => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

const app = prefix => ({
  appId: required(`${prefix}_ID`),
  key: required(`${prefix}_KEY`),
  secret: required(`${prefix}_SECRET`),
});

export const url = new URL(required('STAGEDOOR_URL'));
export const firstApp = app('PUSHER_APP');
export const otherApp = app('OTHER_APP');
export const hookedApp = app('HOOKED_APP');

// The backend of a site, which knows the secret of its app.
export const serverOf = ({ appId, key, secret }) =>
  new PusherServer({
    appId,
    key,
    secret,
    host: url.hostname,
    port: url.port,
    useTLS: false,
    encryptionMasterKeyBase64: Buffer.alloc(32, 7).toString('base64'),
  });

export const server = serverOf(firstApp);

// No two tests share a name.
export const unique = prefix => `${prefix}${randomBytes(8).toString('hex')}`;

const PATIENCE = 10_000;

// What the condition gives once it gives something; fails with what it was waiting for.
export async function eventually(what, condition) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`Not in time: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

// A test that knows how to end what it began, in the opposite order.
export const proves = (name, body) =>
  test(name, { timeout: 60_000 }, async context => {
    const endings = [];
    try {
      await body(ending => endings.unshift(ending), context);
    } finally {
      for (const ending of endings) await ending();
    }
  });

export async function call(method, path, { token, body } = {}) {
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

const PASSWORD = 'correct horse battery';

// A user of the service, signed in.
export async function person(displayName = 'Someone') {
  const username = unique('u');
  const { id } = await call('POST', '/api/v1/auth/register', { body: { username, password: PASSWORD, displayName } });
  const { accessToken } = await call('POST', '/api/v1/auth/login', { body: { username, password: PASSWORD } });
  return { id, username, displayName, token: accessToken };
}

export const newChatChannel = async (owner, members = []) =>
  (
    await call('POST', '/api/v1/channels', {
      token: owner.token,
      body: { name: unique('room'), visibility: 'public', members: members.map(member => member.id) },
    })
  ).id;

export const say = (author, channelId, text) =>
  call('POST', `/api/v1/channels/${channelId}/messages`, { token: author.token, body: { text } });

export const pusherOptions = {
  // pusher-js wants one even where it is told the host.
  cluster: 'none',
  wsHost: url.hostname,
  wsPort: Number(url.port),
  forceTLS: false,
  enabledTransports: ['ws'],
  disableStats: true,
};

// A pusher-js that is connected. Its backend signs whatever it asks for; `user` is who it is for it.
export async function connect(ending, { user, backend = server, options = {} } = {}) {
  const pusher = new Pusher(backend.config.token.key, {
    ...pusherOptions,
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, done) =>
        done(
          null,
          channelName.startsWith('presence-')
            ? backend.authorizeChannel(socketId, channelName, { user_id: user.id, user_info: user.info })
            : backend.authorizeChannel(socketId, channelName)
        ),
    },
    userAuthentication: {
      customHandler: ({ socketId }, done) =>
        done(null, backend.authenticateUser(socketId, { id: user.id, watchlist: user.watchlist ?? [] })),
    },
    ...options,
  });
  ending(() => pusher.disconnect());
  await eventually('a connection', () => pusher.connection.state === 'connected');
  return pusher;
}

// A channel of a client, that it is subscribed to; `events` are those that it got: [name, data].
export async function subscribe(pusher, name) {
  const channel = pusher.subscribe(name);
  const events = record(channel);
  await eventually(`a subscription to ${name}`, () => channel.subscribed);
  return { channel, events };
}

export function record(channel) {
  const events = [];
  channel.bind_global((name, data) => {
    if (!name.startsWith('pusher:')) events.push([name, data]);
  });
  return events;
}

// Waits until that many came; whatever comes too much is seen in what the next test of equality compares.
export const count = (events, wanted) => eventually(`${wanted} events, beside ${JSON.stringify(events)}`, () => events.length >= wanted);
