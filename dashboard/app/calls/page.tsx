import { CallsPage } from '../../calls/calls-page.tsx';

export default function Page() {
  return <CallsPage />;
}
