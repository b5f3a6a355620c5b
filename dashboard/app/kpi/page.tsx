import { KpiPage } from '../../kpi/kpi-page.tsx';

export default function Page() {
  return <KpiPage />;
}
