import type { ImpactGap, Part } from '../../../warehouse/incidents/impact.ts';
import { html, type Html } from './html.ts';
import { section, table } from './page.ts';
import type { ReportFacts } from './report-html.ts';
import { FATES, GAPS, WORDS, type Label } from './report-words.ts';
import type { Speaker } from './speaker.ts';

type Row = readonly (Html | string)[];

/** What it did to calls and agents; what is not known says why. */
export function impactSection({ impact }: ReportFacts, speaker: Speaker): Html {
  const { fromMs, toMs, running, weeks, calls, abandons, agents, serviceLevel } = impact;
  const count = (value: number): string => speaker.number(value, 1);
  const minutes = (seconds: number): string => speaker.number(seconds / 60);
  const share = (value: number | null): string => (value === null ? '–' : speaker.percent(value));
  const points = (expected: number | null, found: number | null): string => (expected === null || found === null ? '–' : `${speaker.number((found - expected) * 100, 1)} pt`);
  const rows: Row[] = [
    ...part(calls, WORDS.callsLost, ({ expected, offered, lost }) => [[WORDS.callsLost, count(expected), count(offered), count(lost)]], speaker),
    ...part(abandons, WORDS.extraAbandons, ({ expected, abandoned, extra }) => [[WORDS.extraAbandons, count(expected), count(abandoned), count(extra)]], speaker),
    ...part(agents, WORDS.agentMinutes, ({ expectedSeconds, loggedSeconds, lostSeconds, expectedBusySeconds, busySeconds }) => [
      [WORDS.agentMinutes, minutes(expectedSeconds), minutes(loggedSeconds), minutes(lostSeconds)],
      [WORDS.busyMinutes, minutes(expectedBusySeconds), minutes(busySeconds), minutes(expectedBusySeconds - busySeconds)],
    ], speaker),
    ...part(serviceLevel, WORDS.serviceLevel, ({ interval, intervalExpected, day, dayWithout }) => [
      [WORDS.serviceLevel, share(intervalExpected), share(interval), points(intervalExpected, interval)],
      [WORDS.serviceLevelDay, share(dayWithout), share(day), points(dayWithout, day)],
    ], speaker),
  ];
  return section(speaker, WORDS.impact,
    html`<p class="note">${speaker.plain(WORDS.impactOver)} · ${speaker.at(fromMs)} – ${speaker.at(toMs)}${running ? ` · ${speaker.plain(WORDS.running)}` : ''}</p>`,
    table(speaker, [WORDS.measure, WORDS.expected, WORDS.found, WORDS.lost], rows, 'impact'),
    html`<h3>${speaker.label(WORDS.compared)}</h3>`,
    table(speaker, [WORDS.from, WORDS.to, WORDS.state], weeks.map((week) => [speaker.at(week.fromMs), speaker.at(week.toMs), speaker.label(FATES[week.fate])])));
}

function part<Value>(known: Part<Value>, name: Label, rows: (value: Value) => (readonly [Label, string, string, string])[], speaker: Speaker): Row[] {
  if (known.gap !== null) return [[html`${speaker.label(name)}<span class="gap">${gapOf(known.gap, speaker)}</span>`, '–', '–', '–']];
  return rows(known.value).map(([label, expected, found, difference]) => [speaker.label(label), expected, found, difference]);
}

function gapOf(gap: ImpactGap, speaker: Speaker): Html {
  const [fr, en] = GAPS[gap];
  return speaker.label([`${WORDS.notKnown[0]} : ${fr}`, `${WORDS.notKnown[1]}: ${en}`]);
}
