'use client';
import { Button, Popover } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../format/use-formats.ts';
import { addDays, localDateAt } from '../url/local-date.ts';
import { customRange, isInstant, RANGES } from '../url/range.ts';
import { useParams } from '../url/use-params.ts';
import { useRange } from '../url/use-range.ts';
import { defaultRangeOf } from './default-range.ts';
import classes from './shell.module.css';

export function RangePicker({ wide }: { wide: boolean }) {
  const t = useTranslations('shell');
  const params = useParams();
  const formats = useFormats();
  const range = useRange(defaultRangeOf(usePathname()));
  const [opened, { toggle, close }] = useDisclosure(false);
  const [picked, setPicked] = useState<[string | null, string | null]>([null, null]);
  const instants = isInstant(range.from);
  const [first, last] = instants ? [localDateAt(Date.parse(range.from), formats.zone), localDateAt(Date.parse(range.to) - 1, formats.zone)] : [range.from, addDays(range.to, -1)];
  const label = range.name !== 'custom' ? t(`range.${range.name}`) : instants ? `${formats.dateTime(range.from)} – ${formats.time(range.to)}` : first === last ? formats.localDate(first) : `${formats.localDate(first)} – ${formats.localDate(last)}`;
  const choose = (text: string) => { params.set({ range: text }); setPicked([null, null]); close(); };
  return (
    <Popover opened={opened} onChange={(open) => { if (!open) close(); }} position="bottom-end" trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" size={wide ? 'md' : 'xs'} fw={450} leftSection={<IconCalendar size={14} stroke={1.7} />} onClick={toggle} aria-label={`${t('dates')}: ${label}`}>{label}</Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <div className={classes.rangePanel}>
          <div className={classes.ranges}>
            {RANGES.map((name) => <button key={name} type="button" className={classes.rangeOption} aria-pressed={range.name === name} onClick={() => choose(name)}>{t(`range.${name}`)}</button>)}
          </div>
          <DatePicker type="range" allowSingleDateInRange size="sm" defaultDate={first} value={picked[0] ? picked : [first, last]}
            onChange={(value) => { setPicked(value); const [start, end] = value; if (start && end) choose(customRange(start.slice(0, 10), end.slice(0, 10))); }} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
