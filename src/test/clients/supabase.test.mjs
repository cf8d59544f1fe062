// @supabase/realtime-js, by the subscription code of the guide in supabase/subscribe.mjs, in a process of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { call, eventually, person, proves, unique, url } from './support/service.mjs';

function run(ending, streamId) {
  const script = new URL('./supabase/subscribe.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, url.origin, streamId], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = [];
  createInterface({ input: child.stdout }).on('line', line => lines.push(JSON.parse(line)));
  ending(() => child.kill());
  return {
    lines,
    said: (what, condition) => eventually(`${what}, beside ${JSON.stringify(lines)}`, () => lines.find(condition)),
    end: () => child.stdin.write('\n'),
  };
}

proves('realtime-js: the subscription code of the guide runs unmodified, and hears of changes and broadcasts', async ending => {
  const owner = await person();
  const title = unique('Opening night ');
  const { id } = await call('POST', '/api/v1/streams', { token: owner.token, body: { title } });
  const dashboard = run(ending, id);
  await dashboard.said('SUBSCRIBED to samples', line => line.status === 'SUBSCRIBED');
  await dashboard.said('SUBSCRIBED to the rest', line => line.more === 'SUBSCRIBED');
  await dashboard.said('an answer to a broadcast', line => line.answer === 'ok');
  assert.deepEqual((await dashboard.said('its own broadcast', line => line.broadcast)).broadcast, { from: 'node' });

  await call('POST', `/api/v1/streams/${id}/start`, { token: owner.token, body: {} });

  const { change, new: row } = await dashboard.said('a change', line => line.change === 'UPDATE');
  assert.equal(change, 'UPDATE');
  assert.equal(row.id, id);
  assert.equal(row.title, title);

  dashboard.end();
  assert.equal((await dashboard.said('that it left', line => line.left)).left, 'ok');
});
