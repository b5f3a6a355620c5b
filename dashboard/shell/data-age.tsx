'use client';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

/** What the page in view knows of its data's age. `offsetMs` = the server's clock minus ours. */
export interface DataAge { dataAt: string | null; offsetMs: number; connection: 'live' | 'broken' | 'none' }

/** Apart, so that who reports an age is not drawn again because of it. */
const Age = createContext<DataAge | null>(null);
const Report = createContext<(age: DataAge | null) => void>(() => {});

export function DataAgeProvider({ children }: { children: ReactNode }) {
  const [age, report] = useState<DataAge | null>(null);
  return <Report value={report}><Age value={age}>{children}</Age></Report>;
}

export function useDataAge(): DataAge | null {
  return useContext(Age);
}

/** Tells the header how old the page's figures are; forgotten when the page goes. */
export function useReportDataAge(dataAt: string | null | undefined, offsetMs = 0, connection: DataAge['connection'] = 'none'): void {
  const report = useContext(Report);
  useEffect(() => {
    report(dataAt === undefined ? null : { dataAt, offsetMs, connection });
  }, [report, dataAt, offsetMs, connection]);
  useEffect(() => () => report(null), [report]);
}
