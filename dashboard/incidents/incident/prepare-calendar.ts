interface Conference { id: string; startsAt: string; place: string; participants: readonly { name: string }[] }

/** A conference as an iCalendar file (RFC 5545) for whoever did not get the invitation by mail: an event without answers. */
export function prepareCalendar({ id, startsAt, place, participants }: Conference, summary: string, lastsMinutes: number, nowMs: number): string {
  const startMs = Date.parse(startsAt);
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Vigie//Vigie//EN', 'METHOD:PUBLISH', 'BEGIN:VEVENT',
    `UID:conference-${id}@vigie`, `DTSTAMP:${utc(nowMs)}`, `DTSTART:${utc(startMs)}`, `DTEND:${utc(startMs + lastsMinutes * 60_000)}`,
    `SUMMARY:${escaped(summary)}`, ...(place === '' ? [] : [`LOCATION:${escaped(place)}`]), ...(participants.length === 0 ? [] : [`DESCRIPTION:${escaped(participants.map(({ name }) => name).join(', '))}`]),
    'END:VEVENT', 'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(';', '\\;').replaceAll(',', '\\,').replaceAll(/\r\n|\r|\n/g, '\\n');
}

const MOST_OCTETS = 75;

/** A line has 75 octets at most; what follows begins with a space. A character is not cut. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let octets = 0;
  let text = '';
  for (const character of line) {
    const more = encoder.encode(character).length;
    if (octets + more > MOST_OCTETS) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += more;
  }
  return text;
}
