import { RulesPage } from '../../../incidents/rules/rules-page.tsx';

export default function Page() {
  return <RulesPage />;
}
