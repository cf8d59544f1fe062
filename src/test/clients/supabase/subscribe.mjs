// Subscribes as the guide's dashboard does, and prints what it gets, a line of JSON each, until it is killed.
// usage: node subscribe.mjs <url, as http://localhost:8080> <id of a stream> [<API key or access token>]
import { RealtimeClient } from '@supabase/realtime-js';
import WebSocket from 'ws';

const [url, streamId, apikey = 'anon'] = process.argv.slice(2);
const print = line => process.stdout.write(JSON.stringify(line) + '\n');

// What createClient of supabase-js makes of its URL.
const supabase = new RealtimeClient(url.replace(/^http/, 'ws') + '/realtime/v1', {
  params: { apikey },
  transport: WebSocket,
});

const updateMetrics = metrics => print({ metrics });

const channel = supabase
  .channel(`stream-${streamId}`)
  .on(
    'postgres_changes',
    {
      event: 'INSERT',
      schema: 'public',
      table: 'livestream_metrics',
      filter: `livestream_id=eq.${streamId}`,
    },
    payload => {
      // Process only necessary data
      const { viewer_count, chat_activity } = payload.new;
      updateMetrics({ viewer_count, chat_activity });
    }
  )
  .subscribe((status, error) => print({ status, error: error?.message }));

// Beyond the guide's code: changes of the stream itself, and what viewers say to each other.
supabase
  .channel(`more-${streamId}`, { config: { broadcast: { self: true, ack: true } } })
  .on(
    'postgres_changes',
    { event: '*', schema: 'public', table: 'livestreams', filter: `id=eq.${streamId}` },
    payload => print({ change: payload.eventType, new: payload.new, old: payload.old })
  )
  .on('broadcast', { event: 'wave' }, message => print({ broadcast: message.payload }))
  .subscribe(async status => {
    print({ more: status });
    if (status === 'SUBSCRIBED') {
      const channels = supabase.getChannels();
      const answer = await channels[1].send({ type: 'broadcast', event: 'wave', payload: { from: 'node' } });
      print({ answer });
    }
  });

// A line on standard input ends it as a page does that is left.
process.stdin.once('data', async () => {
  print({ left: await channel.unsubscribe() });
  await supabase.removeAllChannels();
  process.exit(0);
});
