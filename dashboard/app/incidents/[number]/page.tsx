import { notFound } from 'next/navigation';
import { IncidentPage } from '../../../incidents/incident/incident-page.tsx';
import { parseNumber } from '../../../incidents/parse-number.ts';

export default async function Page({ params }: { params: Promise<{ number: string }> }) {
  const number = parseNumber((await params).number);
  if (number === null) notFound();
  return <IncidentPage number={number} />;
}
