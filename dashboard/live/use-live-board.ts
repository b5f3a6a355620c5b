'use client';
import { useParams } from '../url/use-params.ts';
import { keepUnchanged } from './keep-unchanged.ts';
import { LIVE, type LiveBoard, type LiveFilter } from './live-query.ts';
import { useStream, type StreamView } from './use-stream.ts';

/** The live board under the page's filters. */
export function useLiveBoard(): StreamView<LiveBoard> {
  return useStream(LIVE, useLiveFilter(), keepUnchanged);
}

/** The page's filters, as the live board takes them. */
export function useLiveFilter(): LiveFilter {
  const params = useParams();
  const [tenant, site, zone] = [params.list('tenant'), params.list('site'), params.get('zone')];
  return { ...(tenant.length > 0 && { tenant }), ...(site.length > 0 && { site }), ...(zone && { zone }) };
}
