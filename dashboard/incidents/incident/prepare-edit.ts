import type { Affects } from '../affects-fields.tsx';
import type { Severity } from '../severity.tsx';
import { fromField, toField } from '../zoned-input.ts';

/** What can be corrected of an incident, as the form has it. */
export interface EditFields {
  type: string;
  severity: Severity;
  title: string;
  description: string;
  targetMinutes: number | string;
  /** As a `datetime-local` field writes it; empty = not known. */
  started: string;
  affects: Affects;
}

const EDIT_FIELDS = ['type', 'severity', 'title', 'description', 'targetMinutes', 'started', 'affects'] as const satisfies readonly (keyof EditFields)[];
export type EditField = (typeof EDIT_FIELDS)[number];

/** What is being written, and over what each field was written. */
export interface Edit { fields: EditFields; over: EditFields }

interface Known {
  type: string; severity: Severity; title: string; description: string; targetMinutes: number; startedAt: string | null;
  affects: { tenants: readonly string[]; sites: readonly string[]; queues: readonly string[]; components: readonly { component: string; share: number }[] };
}

export function fieldsOf({ type, severity, title, description, targetMinutes, startedAt, affects }: Known, zone: string): EditFields {
  return {
    type, severity, title, description, targetMinutes, started: startedAt === null ? '' : toField(Date.parse(startedAt), zone),
    affects: { tenants: [...affects.tenants], sites: [...affects.sites], queues: [...affects.queues], components: affects.components.map(({ component, share }) => ({ component, share })) },
  };
}

/**
 * What is written beside what the server has now. A field that was not touched follows the server; one that was keeps what was
 * written, and is in conflict where somebody else has written something else in it meanwhile.
 */
export function meet(edit: Edit, now: EditFields): { edit: Edit; conflicts: EditField[] } {
  const touched = EDIT_FIELDS.filter((field) => !same(edit.fields, edit.over, field));
  return {
    edit: { fields: copy(now, edit.fields, touched), over: copy(now, edit.over, touched) },
    conflicts: touched.filter((field) => !same(now, edit.over, field) && !same(now, edit.fields, field)),
  };
}

/** The reader has seen what the other wrote, and keeps his own. */
export function keep({ fields, over }: Edit, now: EditFields, field: EditField): Edit {
  return { fields, over: copy(over, now, [field]) };
}

/** The same, and takes the other's. */
export function take({ fields, over }: Edit, now: EditFields, field: EditField): Edit {
  return { fields: copy(fields, now, [field]), over: copy(over, now, [field]) };
}

interface IncidentChange { type?: string; severity?: Severity; title?: string; description?: string; targetMinutes?: number; startedAt?: string | null; affects?: Affects }

/** What is sent: the fields that differ from what is known, and nothing else. Null = there is none, or one says nothing yet. */
export function changeOf(fields: EditFields, now: EditFields, zone: string, detectedMs: number): { value: IncidentChange | null; problem: 'startAfter' | null } {
  const changed = (field: EditField) => !same(fields, now, field);
  const { type, severity, targetMinutes, started, affects } = fields;
  const [title, description] = [fields.title.trim(), fields.description.trim()];
  const startedMs = fromField(started, zone);
  if (changed('started') && startedMs !== null && startedMs > detectedMs) return { value: null, problem: 'startAfter' };
  if (title === '' || typeof targetMinutes !== 'number' || targetMinutes <= 0 || (started !== '' && startedMs === null)) return { value: null, problem: null };
  const value: IncidentChange = {
    ...(changed('type') && { type }), ...(changed('severity') && { severity }), ...(title !== now.title && { title }), ...(description !== now.description && { description }),
    ...(changed('targetMinutes') && { targetMinutes }), ...(changed('started') && { startedAt: startedMs === null ? null : new Date(startedMs).toISOString() }), ...(changed('affects') && { affects }),
  };
  return { value: Object.keys(value).length === 0 ? null : value, problem: null };
}

function same(a: EditFields, b: EditFields, field: EditField): boolean {
  return JSON.stringify(a[field]) === JSON.stringify(b[field]);
}

/** The first with some fields as the other has them. */
function copy(into: EditFields, from: EditFields, names: readonly EditField[]): EditFields {
  const copied = { ...into };
  for (const name of names) put(copied, from, name);
  return copied;
}

function put<Field extends EditField>(into: EditFields, from: EditFields, field: Field): void {
  into[field] = from[field];
}
