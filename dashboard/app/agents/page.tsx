import { AgentsPage } from '../../agents/agents-page.tsx';

export default function Page() {
  return <AgentsPage />;
}
