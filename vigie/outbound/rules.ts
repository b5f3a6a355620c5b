import type { CentreConfiguration } from '../../telephony/configuration.ts';
import { STANDARD_RECYCLING } from '../../telephony/outbound-configuration.ts';
import type { DialingRules } from '../../warehouse/operational/contacts/rules.ts';

/** How a campaign may dial at an instant, by the configuration; null = it does not dial, or its calendar is not there. */
export function dialingRules({ campaigns, calendars }: Pick<CentreConfiguration, 'campaigns' | 'calendars'>, did: string, atMs: number): DialingRules | null {
  const campaign = campaigns.find((entry) => entry.did === did && (entry.validFrom === null || Date.parse(entry.validFrom) <= atMs) && (entry.validTo === null || Date.parse(entry.validTo) > atMs));
  const outbound = campaign?.outbound ?? null;
  if (outbound === null) return null;
  const calendar = outbound.calendar === null ? null : calendars.find(({ id }) => id === outbound.calendar);
  // A calendar that is named and missing must not come to mean "at any time".
  if (calendar === undefined) return null;
  return {
    hours: calendar?.weekdays ?? null, holidays: calendar?.holidays ?? [],
    attempts: outbound.attempts, lockoutSeconds: outbound.lockoutSeconds, recycling: { ...STANDARD_RECYCLING, ...outbound.recycling }, followUps: outbound.followUps,
    ownCallBackSeconds: outbound.ownCallBackSeconds,
  };
}
