import { StudyPage } from '../../../dialer/study/study-page.tsx';

export default function Page() {
  return <StudyPage />;
}
