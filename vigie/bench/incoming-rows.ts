import type { LegsRow, OdActionsRow, OdCallsRow, RowKind } from '../../telephony/rows.ts';

/** A customer that no centre knows: its rows are counted apart from the simulated floor's. */
export const BENCH_CUSTOMER = 77;

/** A tenth of a second of 500 rows a second: calls that arrive now, with their legs, and states of agents. */
export function incomingRows(number: number, nowMs: number): Record<RowKind, object[]> {
  const numbers = Array.from({ length: 20 }, (_, index) => number * 20 + index);
  return {
    'od-calls': numbers.map((each) => call(each, nowMs)),
    legs: numbers.slice(0, 10).map((each) => leg(each, nowMs)),
    'od-actions': numbers.map((each) => action(each, nowMs)),
  };
}

function call(number: number, nowMs: number): OdCallsRow & { Sequence: number } {
  const { time, digits } = texts(nowMs);
  const agent = 7001 + (number % 100);
  return {
    ID: idOf(number), CtiID: number, CustomerID: BENCH_CUSTOMER, Indice: 0, CallType: 1,
    CallUniversalTime: time, CallLocalTime: time, CallUniversalTimeString: digits, CallLocalTimeString: digits,
    Duration: 180, CallDuration: 175, AcceptDuration: 2, IvrDuration: 20, WaitDuration: number % 60, TotalWaitDuration: number % 60, ConvDuration: 120, WrapupDuration: 15,
    RerouteDuration: 0, OverflowDuration: 0, ANI: `+2376${String(number % 100_000_000).padStart(8, '0')}`, DNIS: '7700', FirstCampaign: '7700', FirstVirtualCamp: '', LastCampaign: '7700', LastVirtualCamp: '',
    UUI: '', Memo: '', AssociatedData: '', OutTel: '', OutDialed: '', Closed: 0, NoAgent: 0, Overflow: 0, Abandon: 0, FirstIVR: 'accueil', LastIVR: 'file',
    FirstQueue: 7701, LastQueue: 7701, InitPriority: 0, FirstAgent: agent, LastAgent: agent, LastTransfer: '',
    CallStatusGroup: 1, CallStatusNum: 1, CallStatusDetail: 0, Comments: '', ContactID: '', EndByAgent: 0, AgentListen: 0, EndReason: 1, RefID: '', ProActiveReason: 0, Sequence: number + 1,
  };
}

function leg(number: number, nowMs: number): LegsRow & { Sequence: number } {
  const { time } = texts(nowMs);
  return {
    CallID: idOf(number), CustomerID: BENCH_CUSTOMER, Leg: 1, Visit: 1, Campaign: '7700', Queue: 7701, Agent: 7001 + (number % 100),
    EnteredUniversalTime: time, StartedUniversalTime: time, AnsweredUniversalTime: time, LeftUniversalTime: time, Outcome: 'answered',
    WaitDuration: number % 60, RingDuration: 2, ConvDuration: 120, HoldDuration: 0, WrapupDuration: 15, Transferred: 0, EndByAgent: 0, Sequence: number + 1,
  };
}

function action(number: number, nowMs: number): OdActionsRow & { Sequence: number } {
  return {
    CustomerID: BENCH_CUSTOMER, OriginatorID: 7001 + (number % 100), OriginatorType: 1, State: 1 + (number % 5), ActionUniversalTimeString: texts(nowMs).precise,
    Duration: 1000 + (number % 1000), SessionId: `s${number % 100}`, Context: '', CallID: '', Queue: 7701, Campaign: '7700', Sequence: number + 1,
  };
}

function idOf(number: number): string {
  return `BE${number.toString(16).toUpperCase().padStart(30, '0')}`;
}

function texts(ms: number): { time: string; digits: string; precise: string } {
  const iso = new Date(ms).toISOString();
  const precise = iso.replaceAll(/\D/g, '');
  return { time: `${iso.slice(0, 10)} ${iso.slice(11, 23)}`, digits: precise.slice(0, 14), precise };
}
