import { CallFilesPage } from '../../call-files/call-files-page.tsx';

export default function Page() {
  return <CallFilesPage />;
}
