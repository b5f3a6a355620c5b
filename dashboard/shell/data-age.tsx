'use client';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

/** What the page in view knows of its data's age. `offsetMs` = the server's clock minus ours. */
export interface DataAge { dataAt: string | null; offsetMs: number; connection: 'live' | 'broken' | 'none' }

const Context = createContext<{ age: DataAge | null; report: (age: DataAge | null) => void }>({ age: null, report: () => {} });

export function DataAgeProvider({ children }: { children: ReactNode }) {
  const [age, report] = useState<DataAge | null>(null);
  const value = useMemo(() => ({ age, report }), [age]);
  return <Context value={value}>{children}</Context>;
}

export function useDataAge(): DataAge | null {
  return useContext(Context).age;
}

/** Tells the header how old the page's figures are; forgotten when the page goes. */
export function useReportDataAge(dataAt: string | null | undefined, offsetMs = 0, connection: DataAge['connection'] = 'none'): void {
  const { report } = useContext(Context);
  useEffect(() => {
    report(dataAt === undefined ? null : { dataAt, offsetMs, connection });
  }, [report, dataAt, offsetMs, connection]);
  useEffect(() => () => report(null), [report]);
}
