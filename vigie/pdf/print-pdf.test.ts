import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesOf } from './fixtures/pdf-text.ts';
import { someBrowser } from './fixtures/some-browser.ts';
import { NoBrowserError } from './find-browser.ts';
import { PrintError, printPdf } from './print-pdf.ts';

const browser = await someBrowser();

test('where no browser stands, it is said what to install', async () => {
  await expect(printPdf({ html: '<p>x</p>', footer: '', browser: '/nowhere/chromium' })).rejects.toThrow(NoBrowserError);
  await expect(printPdf({ html: '<p>x</p>', footer: '', browser: '/nowhere/chromium' })).rejects.toThrow(/no browser at \/nowhere\/chromium.*VIGIE_BROWSER/);
});

test('what is no browser is told, and the next one prints', async () => {
  await expect(printPdf({ html: '<p>x</p>', footer: '', browser: '/bin/false' })).rejects.toThrow(PrintError);
});

describe.skipIf(browser === null)('printing', () => {
  const asked: string[] = [];
  let ours: Server;
  let other: Server;
  let address = '';
  beforeAll(async () => {
    other = createServer((request, response) => {
      asked.push(`other ${request.url ?? ''}`);
      response.end('leaked');
    });
    const elsewhere = await listen(other);
    ours = createServer((request, response) => {
      asked.push(`${request.url ?? ''} ${request.headers.authorization ?? '-'}`);
      if (request.url === '/away') response.writeHead(302, { location: `${elsewhere}/redirected` }).end();
      else if (request.url === '/data') response.end('Douala');
      else if (request.url === '/page')
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><title>Rapport</title><img src="${elsewhere}/img"><img src="/away"><p id="p">…</p>
          <script>fetch('${elsewhere}/fetch').catch(() => 0); fetch('/data').then((r) => r.text()).then((t) => { p.textContent = 'Site ' + t; document.body.dataset.ready = '1'; });</script>`);
      else response.writeHead(404).end('nothing here');
    });
    address = await listen(ours);
  });
  afterAll(() => {
    for (const server of [ours, other]) {
      server.closeAllConnections();
      server.close();
    }
  });

  test('a document becomes A4 with numbered pages; no script runs, nothing is fetched', async () => {
    const page = (n: number): string => `<section style="break-after:page"><h1>Chapitre ${n}</h1><p>Élément n° ${n}</p></section>`;
    const pdf = await printPdf({ html: `<!doctype html><html lang="fr"><title>Rapport</title>${page(1)}${page(2)}<p id="x">fin</p><img src="${address}/image"><script>x.textContent = 'SCRIPT'</script></html>`, footer: 'Vigie – <incident> 12', browser });
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
    const pages = pagesOf(pdf);
    expect(pages.map(({ size }) => size)).toEqual(['595.91998 842.88', '595.91998 842.88', '595.91998 842.88']);
    expect(pages.map(({ text }) => text)).toEqual([
      expect.stringMatching(/Chapitre1Élémentn°1.*Vigie–<incident>121\/3/), expect.stringMatching(/Chapitre2Élémentn°2.*2\/3/), expect.stringMatching(/fin.*3\/3/),
    ]);
    expect(asked).toEqual([]);
  });

  test('a page of ours is printed once it is whole, and reaches its own origin only', async () => {
    asked.length = 0;
    const pdf = await printPdf({ url: `${address}/page`, ready: '[data-ready]', headers: { authorization: 'Bearer abc' }, footer: 'f', header: 'h', landscape: true, browser });
    expect(pagesOf(pdf)).toEqual([{ size: '842.88 595.91998', text: expect.stringMatching(/SiteDouala/) }]);
    expect(asked.filter((each) => each.startsWith('other'))).toEqual([]);
    expect(asked).toEqual(expect.arrayContaining(['/page Bearer abc', '/data Bearer abc']));
  });

  test('a page that is missing, or never whole, is no PDF', async () => {
    await expect(printPdf({ url: `${address}/missing`, ready: 'body', footer: '', browser })).rejects.toThrow('the page to print answered 404');
    await expect(printPdf({ url: `${address}/page`, ready: '[data-never]', footer: '', browser, longestMs: 2500 })).rejects.toThrow(/not printed within 2.5 s|Timeout 2500ms/);
    expect(browsersOf(process.pid)).toEqual([]);
  });
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
}

/** Children of this process that are browsers, where the system tells. */
function browsersOf(parent: number): string[] {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const { name = '', of = '' } = /^\d+ \((?<name>.*)\) \w (?<of>\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.groups ?? {};
      return Number(of) === parent && /chrom/.test(name) ? [`${pid} ${name}`] : [];
    } catch {
      return [];
    }
  });
}
