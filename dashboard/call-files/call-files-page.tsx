'use client';
import { Select } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useReportDataAge } from '../shell/data-age.tsx';
import { useParams } from '../url/use-params.ts';
import { useReference } from '../url/use-reference.ts';
import classes from './call-files.module.css';
import { DoNotCallCard } from './do-not-call-card.tsx';
import { FilesCard } from './files-card.tsx';
import { filesInView } from './prepare-files.ts';
import { SendCard } from './send-card.tsx';
import { UploadCard } from './upload-card.tsx';
import { useCallFiles } from './use-call-files.ts';

/** Files of contacts: a new one comes in above, what has become of the others stands below. */
export function CallFilesPage() {
  const t = useTranslations('callFiles');
  const params = useParams();
  const { reference, loaded } = useReference();
  const { files, problem, saidAt, look } = useCallFiles();
  usePageTitle(t('title'));
  useReportDataAge(saidAt, 0, problem ? 'broken' : 'live');
  const where = { tenant: params.list('tenant'), site: params.list('site'), campaign: params.get('campaign') };
  const campaigns = reference.campaigns.filter(({ direction, tenant, site }) => direction === 'OUTBOUND' && (where.tenant.length === 0 || where.tenant.includes(tenant)) && (where.site.length === 0 || where.site.includes(site)));
  const upload = params.get('upload');
  const nameOf = (did: string) => reference.campaigns.find(({ id }) => id === did)?.name ?? did;
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>{t('title')}</h1>
        <Select size="xs" className={classes.campaign} aria-label={t('campaign')} placeholder={t('allCampaigns')} clearable clearButtonProps={{ 'aria-label': t('clear') }} data={campaigns.map(({ id, name }) => ({ value: id, label: name }))} value={where.campaign} onChange={(campaign) => params.set({ campaign })} />
      </div>
      <div className={classes.stack}>
        {upload === null
          ? <SendCard campaigns={campaigns} loaded={loaded} chosen={where.campaign} onReceived={(id) => params.set({ upload: id }, 'push')} />
          : <UploadCard key={upload} id={upload} campaignName={nameOf} onOver={() => { params.set({ upload: null }); look(); }} onImported={look} />}
        <FilesCard files={files && filesInView(files, reference.campaigns, where)} problem={problem} retry={look} campaignName={nameOf} />
        <DoNotCallCard tenants={reference.tenants.filter(({ id }) => where.tenant.length === 0 || where.tenant.includes(id))} />
      </div>
    </>
  );
}
