import { AgentDayPage } from '../../../agents/agent-day-page.tsx';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <AgentDayPage agent={decodeURIComponent((await params).id)} />;
}
