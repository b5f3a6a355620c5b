import { CataloguePage } from '../../../incidents/catalogue/catalogue-page.tsx';

export default function Page() {
  return <CataloguePage />;
}
