import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { SOURCE_PATTERN } from '../ingest/spool/layout.ts';
import { parseAddress } from '../warehouse/clickhouse/address.ts';
import { isLoopback, parseListenAddress, type ListenAddress } from './listen-address.ts';
import { listOf, parseWatched, wrongRecipients, type WatchConfiguration } from './watch/watched.ts';
import { parseSender, parseSmtpUrl, parseWebhooks, type MailServer, type Webhook } from './notify/addresses.ts';

/**
 * The program's configuration, parsed once, at the start, from variables prefixed `VIGIE_`. An empty
 * value counts as absent. `.env.example` lists every key.
 */

const switchOf = (preset: 'on' | 'off') => z.enum(['on', 'off']).default(preset).transform((value) => value === 'on');
/** A whole number as text: of a variable or an option. */
export const wholeNumber = (min: number, max: number) => z.string().regex(/^\d+$/, 'a whole number is expected').transform(Number).pipe(z.number().min(min).max(max));
export const LARGEST_SEED = 4_294_967_295;
/** Of what one process opens another's doors with. */
const SHORTEST_PROCESS_TOKEN = 32;
const SHORTEST_TOKEN = 16;
/** The telephony core's rows come under this name. */
export const CORE_SOURCE = 'core';
/** Days are closed and late rows have come by then. */
const SHORTEST_KEEP_DAYS = 31;
const listenAddress = (preset: string) => z.string().default(preset).transform((text, context) => {
  const address = parseListenAddress(text);
  if (address) return address;
  context.addIssue({ code: 'custom', message: 'host:port is expected, 127.0.0.1:4710' });
  return z.NEVER;
});
const processAddress = z.url({ protocol: /^https?$/, error: 'http://host:port is expected' }).nullable().default(null);
const processToken = z.string().regex(/^\S+$/, 'a token has no blanks').min(SHORTEST_PROCESS_TOKEN, `a token has at least ${SHORTEST_PROCESS_TOKEN} characters`).nullable().default(null);

/** `source:token,source:token`, or name:secret. Messages name a part by its place: what stands there may be a secret without its name. */
const namedSecrets = ([name, secret]: readonly [string, string], reserved: string | null) => (text: string, context: z.RefinementCtx): Record<string, string> => {
  const secrets = new Map<string, string>();
  const parts = text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  for (const [index, part] of parts.entries()) {
    const colon = part.indexOf(':');
    const [key, value] = [part.slice(0, Math.max(colon, 0)), part.slice(colon + 1)];
    const wrong = !SOURCE_PATTERN.test(key) ? `${name}:${secret} is expected, the ${name} of small letters, digits and "-"`
      : key === reserved ? `the ${name} "${reserved}" is the program's own: choose another name`
      : value.length < SHORTEST_TOKEN ? `a ${secret} has at least ${SHORTEST_TOKEN} characters`
      : secrets.has(key) ? `its ${name} was named before`
      : [...secrets.values()].includes(value) ? `another ${name} has the same ${secret}` : null;
    if (wrong !== null) context.addIssue({ code: 'custom', message: `part ${index + 1}: ${wrong}` });
    else secrets.set(key, value);
  }
  return Object.fromEntries(secrets);
};

/** Where a proxy serves pages, as its origin: they want the whole of it. */
const addressOfPages = z.url({ protocol: /^https?$/, error: 'https://host is expected' }).refine((text) => {
  if (!URL.canParse(text)) return true;
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === '/' && search + hash + username + password === '';
}, 'https://host is expected, without a path').transform((text) => new URL(text).origin).nullable().default(null);

const variables = z.object({
  VIGIE_DATA: z.string().default('./data'),
  VIGIE_PORT: wholeNumber(0, 65_535).default(4700),
  VIGIE_STORE: z.string().refine(isPostgresAddress, 'postgres://user:password@host:port/database is expected').nullable().default(null),
  VIGIE_WAREHOUSE: z.string().refine(isWarehouseAddress, 'http://user:password@host:8123/database is expected, the database of letters, digits and "_"').nullable().default(null),
  VIGIE_WAREHOUSE_CLUSTER: z.string().regex(/^[A-Za-z_][\w-]*$/, "a cluster's name is expected").nullable().default(null),
  VIGIE_KEEP_DAYS: z.union([z.literal('ever'), wholeNumber(SHORTEST_KEEP_DAYS, 36_500)], { error: `a number of days, at least ${SHORTEST_KEEP_DAYS}, or "ever" is expected` }).nullable().default(null),
  VIGIE_CENTRE: z.string().nullable().default(null),
  VIGIE_SIMULATION: switchOf('on'),
  VIGIE_SEED: wholeNumber(0, LARGEST_SEED).default(7),
  VIGIE_HISTORY_DAYS: wholeNumber(0, 3650).default(30),
  VIGIE_INGEST_TOKENS: z.string().default('').transform(namedSecrets(['source', 'token'], CORE_SOURCE)),
  VIGIE_INGEST_OWN_LEGS: z.string().default('').transform(listOf),
  VIGIE_CORE_LISTEN: listenAddress('127.0.0.1:4710'),
  VIGIE_CORE: processAddress,
  VIGIE_CORE_TOKEN: processToken,
  VIGIE_INGEST_LISTEN: listenAddress('127.0.0.1:4720'),
  VIGIE_INGEST: processAddress,
  VIGIE_INGEST_TOKEN: processToken,
  VIGIE_SPOOL_MAX_MB: wholeNumber(16, 1_000_000).default(1024),
  VIGIE_WAREHOUSE_MEMORY_MB: wholeNumber(128, 1_000_000).default(1024),
  VIGIE_WAREHOUSE_THREADS: wholeNumber(1, 256).default(1),
  VIGIE_SMTP_URL: z.string().nullable().default(null).transform((text, context) => parsedOr(context, () => (text === null ? null : parseSmtpUrl(text)))),
  VIGIE_MAIL_FROM: z.string().nullable().default(null).transform((text, context) => parsedOr(context, () => (text === null ? null : parseSender(text)))),
  VIGIE_WEBHOOKS: z.string().default('').transform((text, context) => parsedOr(context, () => parseWebhooks(text))),
  VIGIE_WEBHOOK_SECRETS: z.string().default('').transform(namedSecrets(['name', 'secret'], null)),
  VIGIE_NOTIFICATIONS_KEPT_DAYS: z.union([z.literal('ever').transform(() => null), wholeNumber(SHORTEST_KEEP_DAYS, 36_500)], { error: `a number of days, at least ${SHORTEST_KEEP_DAYS}, or "ever" is expected` }).default(400),
  VIGIE_SITE_URL: addressOfPages,
  VIGIE_PUBLIC_URL: addressOfPages,
  VIGIE_BROWSER: z.string().nullable().default(null),
  VIGIE_BACKUP_DIRECTORY: z.string().nullable().default(null),
  VIGIE_HEARTBEAT_URL: z.url({ protocol: /^https?$/, error: 'https://host/path is expected' }).nullable().default(null),
  VIGIE_WATCH: z.string().default('').transform((text, context) => parsedOr(context, () => parseWatched(text))),
  VIGIE_WATCH_TELL: z.string().default('').transform(listOf),
  VIGIE_WATCH_SECONDS: wholeNumber(1, 3600).default(15),
  VIGIE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  VIGIE_REFERENCE_DATA: z.string().default('../shared/data'),
});

/** Every key, for the pairing with `.env.example`. */
export const CONFIGURATION_KEYS: readonly string[] = Object.keys(variables.shape);

export interface Configuration {
  /** Absolute path of the data directory. */
  dataDirectory: string;
  /** 0 = any free port. */
  port: number;
  /** A PostgreSQL server's address; null = the embedded store. */
  storeUrl: string | null;
  /** A ClickHouse server; null = the embedded warehouse. */
  warehouse: SharedWarehouse | null;
  /** For how many days single rows are kept; `ever` takes an earlier limit back, null leaves what was set. */
  keepDays: number | 'ever' | null;
  /** Absolute path of a centre's JSON file; null = the shipped one. */
  centreFile: string | null;
  simulation: boolean;
  seed: number;
  historyDays: number;
  /** Bearer token by source. */
  ingestTokens: Record<string, string>;
  /** Sources that send their legs; for the others one is derived from each queued call. */
  ownLegs: string[];
  /** The telephony core as a process of its own. */
  core: ProcessDoor;
  /** The spool and the loader as a process of their own. */
  ingest: ProcessDoor;
  spoolMaxBytes: number;
  warehouseMemoryMb: number;
  warehouseThreads: number;
  notify: NotifyConfiguration;
  /** For how many days the journal of what was told is kept; null = for ever. */
  notificationsKeptDays: number | null;
  /** Where the page to sign is found from outside, for links in mails; null = where all others are. */
  publicUrl: string | null;
  /** Where the people of the site find the pages, through a proxy that lets only them in; null = on this machine only. */
  siteUrl: string | null;
  /** Absolute path of the Chromium that prints; null = where it is usually installed. */
  browser: string | null;
  /** Absolute path of the folder in which backups are to arrive; null = nobody looks. */
  backupDirectory: string | null;
  /** Called once a minute; a secret. */
  heartbeatUrl: string | null;
  watch: WatchConfiguration;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  referenceData: string;
}

export interface SharedWarehouse {
  url: string;
  /** Of the server's `remote_servers`; null = a single server. */
  cluster: string | null;
  /** As in the configuration. */
  keepDays?: number | 'ever' | null;
}

/** How people and programs outside are told. */
export interface NotifyConfiguration {
  /** Null = none: mails wait. */
  mail: MailServer | null;
  webhooks: Webhook[];
}

/** A process that others talk to over HTTP. */
export interface ProcessDoor {
  /** Where the process itself listens. */
  listen: ListenAddress;
  /** Where the others find it; null = on this machine, by what it left in the data directory. */
  address: string | null;
  /** Null = the process makes one and leaves it in the data directory. */
  token: string | null;
}

const SECRET_KEYS = new Set(['VIGIE_INGEST_TOKENS', 'VIGIE_STORE', 'VIGIE_WAREHOUSE', 'VIGIE_CORE', 'VIGIE_CORE_TOKEN', 'VIGIE_INGEST', 'VIGIE_INGEST_TOKEN', 'VIGIE_SMTP_URL', 'VIGIE_WEBHOOKS', 'VIGIE_WEBHOOK_SECRETS', 'VIGIE_HEARTBEAT_URL']);

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * @param baseDirectory what relative paths are relative to.
 * @throws ConfigurationError that names every wrong key, its value and what is expected.
 */
export function parseConfiguration(environment: Record<string, string | undefined>, baseDirectory: string): Configuration {
  const given = Object.fromEntries(Object.entries(environment).filter(([key, value]) => key.startsWith('VIGIE_') && value !== undefined && value.trim() !== ''));
  const unknown = Object.keys(given).filter((key) => !CONFIGURATION_KEYS.includes(key)).map((key) => `${key}: unknown key`);
  const parsed = variables.safeParse(given);
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => {
    const key = String(issue.path[0]);
    // A token or a password is a secret: it is not repeated.
    const shown = SECRET_KEYS.has(key) ? '' : ` (is ${JSON.stringify(given[key] ?? '')})`;
    return `${key}: ${issue.message}${shown}`;
  });
  if (parsed.success) {
    const { VIGIE_INGEST_OWN_LEGS: own, VIGIE_INGEST_TOKENS: tokens } = parsed.data;
    wrong.push(...own.filter((name) => !Object.hasOwn(tokens, name)).map((name) => `VIGIE_INGEST_OWN_LEGS: the source "${name}" has no token in VIGIE_INGEST_TOKENS`));
    wrong.push(...doorsWithoutToken(parsed.data), ...halfOfNotify(parsed.data), ...wrongRecipients(parsed.data.VIGIE_WATCH_TELL, (parsed.data.VIGIE_WEBHOOKS ?? []).map(({ name }) => name)));
    const { VIGIE_PUBLIC_URL: publicUrl, VIGIE_SITE_URL: siteUrl } = parsed.data;
    if (publicUrl !== null && siteUrl !== null && new URL(publicUrl).hostname === new URL(siteUrl).hostname) wrong.push('VIGIE_SITE_URL: another name than that of VIGIE_PUBLIC_URL is expected, which is for everybody');
    if (parsed.data.VIGIE_WAREHOUSE_CLUSTER !== null && parsed.data.VIGIE_WAREHOUSE === null) wrong.push('VIGIE_WAREHOUSE_CLUSTER: set VIGIE_WAREHOUSE too, to the address of one of its servers');
  }
  if (!parsed.success || wrong.length > 0 || unknown.length > 0)
    throw new ConfigurationError(`wrong configuration:\n${[...wrong, ...unknown].map((line) => `  ${line}`).join('\n')}\nSee .env.example for every key.`);
  const { data } = parsed;
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(baseDirectory, path));
  return {
    dataDirectory: absolute(data.VIGIE_DATA),
    port: data.VIGIE_PORT,
    storeUrl: data.VIGIE_STORE,
    warehouse: data.VIGIE_WAREHOUSE === null ? null : { url: data.VIGIE_WAREHOUSE, cluster: data.VIGIE_WAREHOUSE_CLUSTER, keepDays: data.VIGIE_KEEP_DAYS },
    keepDays: data.VIGIE_KEEP_DAYS,
    centreFile: data.VIGIE_CENTRE === null ? null : absolute(data.VIGIE_CENTRE),
    simulation: data.VIGIE_SIMULATION,
    seed: data.VIGIE_SEED,
    historyDays: data.VIGIE_HISTORY_DAYS,
    ingestTokens: data.VIGIE_INGEST_TOKENS,
    ownLegs: data.VIGIE_INGEST_OWN_LEGS,
    core: { listen: data.VIGIE_CORE_LISTEN, address: data.VIGIE_CORE, token: data.VIGIE_CORE_TOKEN },
    ingest: { listen: data.VIGIE_INGEST_LISTEN, address: data.VIGIE_INGEST, token: data.VIGIE_INGEST_TOKEN },
    spoolMaxBytes: data.VIGIE_SPOOL_MAX_MB * 1024 * 1024,
    warehouseMemoryMb: data.VIGIE_WAREHOUSE_MEMORY_MB,
    warehouseThreads: data.VIGIE_WAREHOUSE_THREADS,
    notify: {
      mail: data.VIGIE_SMTP_URL && data.VIGIE_MAIL_FROM ? { ...data.VIGIE_SMTP_URL, from: data.VIGIE_MAIL_FROM } : null,
      webhooks: (data.VIGIE_WEBHOOKS ?? []).map((webhook) => ({ ...webhook, secret: data.VIGIE_WEBHOOK_SECRETS[webhook.name] ?? '' })),
    },
    notificationsKeptDays: data.VIGIE_NOTIFICATIONS_KEPT_DAYS,
    publicUrl: data.VIGIE_PUBLIC_URL,
    siteUrl: data.VIGIE_SITE_URL,
    browser: data.VIGIE_BROWSER === null ? null : absolute(data.VIGIE_BROWSER),
    backupDirectory: data.VIGIE_BACKUP_DIRECTORY === null ? null : absolute(data.VIGIE_BACKUP_DIRECTORY),
    heartbeatUrl: data.VIGIE_HEARTBEAT_URL,
    watch: { addresses: data.VIGIE_WATCH ?? [], tell: data.VIGIE_WATCH_TELL, everySeconds: data.VIGIE_WATCH_SECONDS },
    logLevel: data.VIGIE_LOG_LEVEL,
    referenceData: absolute(data.VIGIE_REFERENCE_DATA),
  };
}

/** Other machines get a token that both sides were given; on this one a file that only its user reads will do. */
function doorsWithoutToken(data: z.output<typeof variables>): string[] {
  return (['CORE', 'INGEST'] as const).flatMap((name) => {
    if (data[`VIGIE_${name}_TOKEN`] !== null) return [];
    const { host } = data[`VIGIE_${name}_LISTEN`];
    return [
      ...(isLoopback(host) ? [] : [`VIGIE_${name}_LISTEN: others than this machine reach ${host}: set VIGIE_${name}_TOKEN too, to a text of at least ${SHORTEST_PROCESS_TOKEN} characters`]),
      ...(data[`VIGIE_${name}`] === null ? [] : [`VIGIE_${name}: set VIGIE_${name}_TOKEN too, to the same text as over there`]),
    ];
  });
}

/** What goes together is set together. */
function halfOfNotify(data: z.output<typeof variables>): string[] {
  const [names, secrets] = [(data.VIGIE_WEBHOOKS ?? []).map(({ name }) => name), Object.keys(data.VIGIE_WEBHOOK_SECRETS)];
  return [
    ...(data.VIGIE_SMTP_URL && !data.VIGIE_MAIL_FROM ? ['VIGIE_SMTP_URL: set VIGIE_MAIL_FROM too, to the sender of the mails'] : []),
    ...names.filter((name) => !secrets.includes(name)).map((name) => `VIGIE_WEBHOOKS: the webhook "${name}" has no secret in VIGIE_WEBHOOK_SECRETS, by which its receiver knows who calls`),
    ...secrets.filter((name) => !names.includes(name)).map((name) => `VIGIE_WEBHOOK_SECRETS: there is no webhook "${name}" in VIGIE_WEBHOOKS`),
  ];
}

function parsedOr<Value>(context: z.RefinementCtx, parse: () => Value): Value | null {
  try {
    return parse();
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
}

function isWarehouseAddress(text: string): boolean {
  try {
    return parseAddress(text).database !== '';
  } catch {
    return false;
  }
}

function isPostgresAddress(text: string): boolean {
  return /^postgres(ql)?:\/\/\S+$/.test(text) && URL.canParse(text);
}
