import { IconAlertTriangle, IconChartBar, IconFileSpreadsheet, IconHeadset, IconLayoutDashboard, IconPhoneCall, IconPhoneOutgoing, type Icon } from '@tabler/icons-react';

export interface PageLink { id: 'live' | 'kpi' | 'calls' | 'agents' | 'dialer' | 'callFiles' | 'incidents'; href: string; key: string; icon: Icon; hasRange: boolean }

export const PAGES: PageLink[] = [
  { id: 'live', href: '/', key: 'l', icon: IconLayoutDashboard, hasRange: false },
  { id: 'kpi', href: '/kpi', key: 'k', icon: IconChartBar, hasRange: false },
  { id: 'calls', href: '/calls', key: 'c', icon: IconPhoneCall, hasRange: true },
  { id: 'agents', href: '/agents', key: 'a', icon: IconHeadset, hasRange: true },
  { id: 'dialer', href: '/dialer', key: 'd', icon: IconPhoneOutgoing, hasRange: false },
  { id: 'callFiles', href: '/call-files', key: 'f', icon: IconFileSpreadsheet, hasRange: false },
  { id: 'incidents', href: '/incidents', key: 'i', icon: IconAlertTriangle, hasRange: false },
];

export function pageOf(pathname: string): PageLink | undefined {
  return PAGES.find(({ href }) => (href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)));
}
