import type { CentreConfiguration } from '../configuration.ts';
import { MemoryContacts, type MemoryCampaign, type MemoryContact } from '../dialer/memory-contacts.ts';
import { Random } from '../random.ts';
import type { Centre, OutboundCampaign } from './centre-schema.ts';

/** Ids of a day's contacts begin at its number, days since 1970-01-01, times this: far beyond those of files in a store. */
const IDS_PER_DAY = 1_000_000;
/** Days that are lived on end share the contacts of so many; what was not reached is dialed again anyway. */
const MOST_DAYS = 45;

/** A made-up contact of a campaign: the same for the same seed and place. */
export interface MadeContact { number: string; name: string }

/**
 * The contact at a place of the campaign's block of numbers, E.164 without the plus sign. The seed mixes the block, places visit every number once:
 * those of the demonstration's file stand first, the simulated days' behind them.
 */
export function madeContacts(centre: Centre, { did, contacts }: OutboundCampaign, seed: number | string): { span: number; at: (place: number) => MadeContact } {
  const { prefixes, digits } = contacts;
  const each = 10 ** digits;
  const span = prefixes.length * each;
  const random = new Random(seed, `contacts ${did}`);
  // Shares no factor with a block of such a size, so that no place is visited twice.
  const step = coprime(span, Math.floor(span * (0.3 + 0.4 * random.next())));
  const first = random.integer(span);
  const names = centre.names[contacts.names] ?? { first: ['Contact'], last: [''] };
  return {
    span,
    at(place) {
      const index = (first + place * step) % span;
      const own = new Random(seed, `${did} ${index}`);
      return { number: `${prefixes[Math.floor(index / each)] ?? ''}${String(index % each).padStart(digits, '0')}`, name: `${own.pick(names.first)} ${own.pick(names.last)}`.trim() };
    },
  };
}

/** The contact files of simulated days, in memory: every day has numbers of its own. */
export function contactsOfDays(centre: Centre, configuration: CentreConfiguration, seed: number | string, fromDay: number, days: number): MemoryContacts {
  const campaigns: Record<string, MemoryCampaign> = {};
  for (const campaign of centre.outbound) {
    const settings = configuration.campaigns.findLast(({ did }) => did === campaign.did)?.outbound;
    if (!settings) continue;
    const { fileSize, perDay, zone } = campaign.contacts;
    const { span, at } = madeContacts(centre, campaign, seed);
    const room = Math.max(1, span - fileSize);
    const count = Math.min(perDay * Math.min(days, MOST_DAYS), room);
    const contacts = Array.from({ length: count }, (_, i): MemoryContact => {
      const { number, name } = at(fileSize + ((fromDay * perDay + i) % room));
      return { id: fromDay * IDS_PER_DAY + i + 1, number: `+${number}`, zone, fields: { name } };
    });
    campaigns[campaign.did] = { settings, calendar: configuration.calendars.find(({ id }) => id === settings.calendar) ?? null, contacts };
  }
  return new MemoryContacts(campaigns);
}

function coprime(span: number, from: number): number {
  let step = from;
  while (divisor(span, step) !== 1) step += 1;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
