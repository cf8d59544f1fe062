// The EventSource of the npm package eventsource, as browsers have it.
import assert from 'node:assert/strict';
import { EventSource } from 'eventsource';
import { count, eventually, newChatChannel, person, proves, say, url } from './support/service.mjs';

const addressOf = (channels, parameters = {}) => {
  const address = new URL('/api/v1/sse', url);
  address.searchParams.set('channels', channels.join(','));
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
};

// A stream whose events are recorded; `fetches` are the Last-Event-IDs with which it was asked for.
function open(ending, channels, token, { lastEventId, fetchOnce = fetch } = {}) {
  const asked = [];
  const source = new EventSource(addressOf(channels, lastEventId ? { lastEventId } : {}), {
    fetch: (input, init) => {
      asked.push(init.headers['Last-Event-ID']);
      return fetchOnce(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
    },
  });
  ending(() => source.close());
  const events = [];
  const texts = [];
  const ids = [];
  for (const name of ['ready', 'reset', 'message.created']) {
    source.addEventListener(name, event => {
      events.push([name, JSON.parse(event.data)]);
      ids.push(event.lastEventId);
      if (name === 'message.created') texts.push(textOf(event));
    });
  }
  return { source, events, texts, ids, asked };
}

const textOf = event => JSON.parse(event.data).data.text;

const ready = stream => eventually('ready', () => stream.events.some(([name]) => name === 'ready'));

proves('eventsource: messages come in order, each with an id', async ending => {
  const ada = await person();
  const id = await newChatChannel(ada);
  const stream = open(ending, [`private-channel-${id}`], ada.token);
  await ready(stream);

  for (const text of ['one', 'two', 'three']) await say(ada, id, text);

  await count(stream.texts, 3);
  assert.deepEqual(stream.texts, ['one', 'two', 'three']);
  assert.equal(new Set(stream.ids.slice(1)).size, 3);
});

proves('eventsource: several channels come over one stream, each in its order', async ending => {
  const ada = await person();
  const [one, two] = [await newChatChannel(ada), await newChatChannel(ada)];
  const stream = open(ending, [`private-channel-${one}`, `private-channel-${two}`], ada.token);
  await ready(stream);

  for (const n of [1, 2, 3]) {
    await say(ada, one, `one ${n}`);
    await say(ada, two, `two ${n}`);
  }

  await count(stream.texts, 6);
  assert.deepEqual(stream.texts.filter(text => text.startsWith('one')), ['one 1', 'one 2', 'one 3']);
  assert.deepEqual(stream.texts.filter(text => text.startsWith('two')), ['two 1', 'two 2', 'two 3']);
});

proves('eventsource: what was missed while the connection was cut is replayed by Last-Event-ID, once and in order', async ending => {
  const ada = await person();
  const [one, two] = [await newChatChannel(ada), await newChatChannel(ada)];
  let cut;
  let isOpen = true;
  const stream = open(ending, [`private-channel-${one}`, `private-channel-${two}`], ada.token, {
    fetchOnce: async (input, init) => {
      if (!isOpen) throw new TypeError('cut');
      const controller = new AbortController();
      init.signal?.addEventListener('abort', () => controller.abort());
      cut = () => controller.abort(new TypeError('cut'));
      return fetch(input, { ...init, signal: controller.signal });
    },
  });
  await ready(stream);
  await say(ada, one, 'before 1');
  await say(ada, two, 'before 2');
  await count(stream.texts, 2);

  isOpen = false;
  cut();
  await eventually('a cut', () => stream.source.readyState === EventSource.CONNECTING);
  await say(ada, one, 'missed 1');
  await say(ada, two, 'missed 2');
  await say(ada, one, 'missed 3');
  isOpen = true;
  await count(stream.texts, 5);
  await say(ada, one, 'after 1');
  await count(stream.texts, 6);

  assert.deepEqual(stream.texts.filter(text => /1|3/.test(text)), ['before 1', 'missed 1', 'missed 3', 'after 1']);
  assert.deepEqual([...stream.texts].sort(), ['after 1', 'before 1', 'before 2', 'missed 1', 'missed 2', 'missed 3']);
  assert.deepEqual(stream.events.filter(([name]) => name === 'reset'), []);
  assert.ok(stream.asked.at(-1), 'a Last-Event-ID was sent');
});

proves('eventsource: whose last id is of a history that is gone is told to read anew, and then hears all', async ending => {
  const ada = await person();
  const id = await newChatChannel(ada);
  await say(ada, id, 'old');
  const stream = open(ending, [`private-channel-${id}`], ada.token, { lastEventId: '1-1' });
  await ready(stream);
  await say(ada, id, 'new');

  await count(stream.texts, 1);
  assert.deepEqual(stream.events[0], ['reset', { channel: `private-channel-${id}` }]);
  assert.deepEqual(stream.texts, ['new']);
});

proves('eventsource: a channel that one may not listen to is refused, and not asked for again', async ending => {
  const id = await newChatChannel(await person());
  const stream = open(ending, [`private-channel-${id}`], (await person()).token);
  let code;
  stream.source.addEventListener('error', error => (code = error.code));

  await eventually('a refusal', () => stream.source.readyState === EventSource.CLOSED);
  assert.equal(code, 403);
  assert.equal(stream.asked.length, 1);
});

proves('eventsource: the access token may be in the address, as browsers send no headers', async ending => {
  const ada = await person();
  const id = await newChatChannel(ada);
  const source = new EventSource(addressOf([`private-channel-${id}`], { access_token: ada.token }));
  ending(() => source.close());
  const texts = [];
  let isReady = false;
  source.addEventListener('ready', () => (isReady = true));
  source.addEventListener('message.created', event => texts.push(textOf(event)));
  await eventually('ready', () => isReady);
  await say(ada, id, 'hello');
  await count(texts, 1);
  assert.deepEqual(texts, ['hello']);
});
