import { notFound } from 'next/navigation';
import { CrisisPage } from '../../../../incidents/crisis/crisis-page.tsx';
import { parseNumber } from '../../../../incidents/parse-number.ts';

export default async function Page({ params }: { params: Promise<{ number: string }> }) {
  const number = parseNumber((await params).number);
  if (number === null) notFound();
  return <CrisisPage number={number} />;
}
