import { CallPage } from '../../../../calls/call-page.tsx';

export default async function Page({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant, id } = await params;
  return <CallPage tenant={decodeURIComponent(tenant)} callId={decodeURIComponent(id)} />;
}
