import { LivePage } from '../live/live-page.tsx';

export default function Page() {
  return <LivePage />;
}
