import { ClientPage } from '../../../sla/client-page.tsx';

export default function Page() {
  return <ClientPage />;
}
