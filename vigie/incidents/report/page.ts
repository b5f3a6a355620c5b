import { Html, html } from './html.ts';
import type { Label } from './report-words.ts';
import type { Speaker } from './speaker.ts';

/** A whole document: it fetches nothing, and reads the same in ten years. */
export function page(speaker: Speaker, title: string, body: readonly Html[]): string {
  return html`<!doctype html>
<html lang="${speaker.first}"><head><meta charset="utf-8"><title>${title}</title><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${STYLE}</style></head>
<body>${body}</body></html>
`.source;
}

export function section(speaker: Speaker, heading: Label, ...content: readonly Html[]): Html {
  return html`<section><h2>${speaker.label(heading)}</h2>${content}</section>`;
}

export function table(speaker: Speaker, heads: readonly Label[], rows: readonly (readonly (Html | string)[])[], kind = ''): Html {
  return html`<table class="${kind}"><thead><tr>${heads.map((head) => html`<th>${speaker.label(head)}</th>`)}</tr></thead><tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${typeof cell === 'string' ? text(cell) : cell}</td>`)}</tr>`)}</tbody></table>`;
}

/** Names and values. */
export function facts(speaker: Speaker, rows: readonly (readonly [Label, Html | string])[]): Html {
  return html`<table class="facts"><tbody>${rows.map(([name, value]) => html`<tr><th scope="row">${speaker.label(name)}</th><td>${typeof value === 'string' ? text(value) : value}</td></tr>`)}</tbody></table>`;
}

/** What somebody wrote, with its lines. */
export function text(words: string): Html {
  return html`<span class="text">${words}</span>`;
}

const STYLE = new Html(`
* { box-sizing: border-box; }
body { margin: 0; font: 10px/1.42 "Inter Variable", Inter, "Segoe UI", system-ui, "DejaVu Sans", sans-serif; color: #12161d; font-variant-numeric: tabular-nums; font-variant-ligatures: none; }
header { border-bottom: 2px solid #12161d; padding-bottom: 10px; margin-bottom: 14px; }
header p { margin: 0; color: #566070; }
h1 { font-size: 20px; line-height: 1.25; margin: 2px 0 4px; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 13px; margin: 18px 0 6px; break-after: avoid; break-inside: avoid; }
h3 { font-size: 10.5px; margin: 10px 0 4px; break-after: avoid; break-inside: avoid; }
h2 .second, h3 .second, th .second { font-weight: 400; }
p { margin: 0 0 6px; }
.text { display: block; white-space: pre-line; overflow-wrap: anywhere; unicode-bidi: isolate; }
.second { display: block; white-space: pre-line; overflow-wrap: anywhere; color: #566070; font-size: 0.88em; }
.note { color: #566070; }
thead th, h2, h3 { overflow-wrap: anywhere; }
.gap { display: block; color: #8f5300; }
.verdict { font-weight: 650; }
.verdict[data-kept="no"] { color: #b3261e; }
table { border-collapse: collapse; width: 100%; margin: 0 0 8px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px 4px 0; border-bottom: 1px solid #e3e6eb; }
thead th { border-bottom: 1px solid #12161d; font-weight: 600; }
.facts th { width: 32%; font-weight: 500; color: #3b4452; }
.timeline td:first-child { width: 17%; }
.timeline td:last-child { width: 16%; }
.impact td:not(:first-child), .impact th:not(:first-child) { width: 15%; }
.signatures td { height: 52px; }
.signatures td:last-child { width: 38%; border: 1px solid #c9ced6; }
.signatures td:last-child .text { color: #8b919b; padding-left: 6px; font-size: 8.5px; }
.hash { font: 9px/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
`);
