import { IncidentsPage } from '../../incidents/incidents-page.tsx';

export default function Page() {
  return <IncidentsPage />;
}
