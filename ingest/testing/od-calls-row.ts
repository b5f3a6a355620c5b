import type { OdCallsRow } from '../../telephony/rows.ts';

/** An answered inbound call with all 52 columns; the number makes its key. */
export function odCallsRow(number: number, changes: Partial<OdCallsRow> = {}): OdCallsRow & { Sequence: number } {
  const start = new Date(Date.UTC(2026, 0, 5, 8) + (number % 36_000) * 1000).toISOString();
  const time = `${start.slice(0, 10)} ${start.slice(11, 23)}`;
  const digits = start.replaceAll(/\D/g, '').slice(0, 14);
  return {
    ID: number.toString(16).toUpperCase().padStart(32, '0'), CtiID: number, CustomerID: 1, Indice: 0, CallType: 1,
    CallUniversalTime: time, CallLocalTime: time, CallUniversalTimeString: digits, CallLocalTimeString: digits,
    Duration: 180, CallDuration: 175, AcceptDuration: 2, IvrDuration: 20, WaitDuration: number % 60, TotalWaitDuration: number % 60, ConvDuration: 120, WrapupDuration: 15,
    RerouteDuration: 0, OverflowDuration: 0, ANI: `+2376${String(number % 100_000_000).padStart(8, '0')}`, DNIS: '8900', FirstCampaign: '8900', FirstVirtualCamp: '', LastCampaign: '8900', LastVirtualCamp: '',
    UUI: '', Memo: '', AssociatedData: '', OutTel: '', OutDialed: '', Closed: 0, NoAgent: 0, Overflow: 0, Abandon: 0, FirstIVR: 'accueil', LastIVR: 'file',
    FirstQueue: 101, LastQueue: 101, InitPriority: 0, FirstAgent: 1000 + (number % 100), LastAgent: 1000 + (number % 100), LastTransfer: '',
    CallStatusGroup: 1, CallStatusNum: 1, CallStatusDetail: 0, Comments: '', ContactID: '', EndByAgent: 0, AgentListen: 0, EndReason: 0, RefID: '', ProActiveReason: 0,
    Sequence: number + 1, ...changes,
  };
}

/** Rows as a body: one JSON object a line. */
export function ndjsonOf(rows: readonly object[]): Buffer {
  return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
