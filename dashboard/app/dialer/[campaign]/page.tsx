import { CampaignPage } from '../../../dialer/campaign-page.tsx';

export default async function Page({ params }: { params: Promise<{ campaign: string }> }) {
  return <CampaignPage campaign={decodeURIComponent((await params).campaign)} />;
}
