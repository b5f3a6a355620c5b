import { SlaPage } from '../../../sla/sla-page.tsx';

export default function Page() {
  return <SlaPage />;
}
