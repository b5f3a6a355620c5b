import { DialerPage } from '../../dialer/dialer-page.tsx';

export default function Page() {
  return <DialerPage />;
}
