// Calendar files of group events, as ical.js reads them, which Thunderbird has for that. They are in the folder CALENDAR_FILES,
// each with a JSON file beside it that says what it has to mean. ical.js knows no time zones but those of the file.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ICAL from 'ical.js';

const folder = process.env.CALENDAR_FILES;
if (!folder) throw new Error('CALENDAR_FILES is not set');

const time = moment => (moment.isDate ? moment.toString() : moment.toJSDate().toISOString().replace('.000Z', 'Z'));

function starts(event, count) {
  const iterator = event.iterator();
  return Array.from({ length: count }, () => time(event.getOccurrenceDetails(iterator.next()).startDate));
}

const files = readdirSync(folder).filter(file => file.endsWith('.ics'));

test('ical.js: there are calendar files to read', () => assert.ok(files.length > 100));

for (const file of files) {
  test(`ical.js: ${file} means what it has to`, () => {
    const text = readFileSync(join(folder, file), 'utf8');
    const expected = JSON.parse(readFileSync(join(folder, file.replace('.ics', '.json')), 'utf8'));

    const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent'));
    const first = event.isRecurring() ? event.getOccurrenceDetails(event.iterator().next()) : event;

    assert.deepEqual(
      {
        uid: event.uid,
        sequence: event.sequence,
        status: event.component.getFirstPropertyValue('status'),
        title: event.summary,
        description: event.description ?? '',
        start: time(first.startDate),
        end: time(first.endDate),
        starts: starts(event, expected.starts.length),
      },
      expected
    );
  });
}
