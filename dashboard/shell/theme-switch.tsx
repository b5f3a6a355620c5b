'use client';
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { useMounted } from '../parts/use-mounted.ts';

const SCHEMES = [{ id: 'light', icon: IconSun }, { id: 'dark', icon: IconMoon }, { id: 'auto', icon: IconDeviceDesktop }] as const;

export function ThemeSwitch() {
  const t = useTranslations('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const mounted = useMounted();
  const current = mounted ? colorScheme : 'auto';
  const Icon = SCHEMES.find(({ id }) => id === current)?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('theme.title')}><Icon size={17} stroke={1.7} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ id, icon: Each }) => <Menu.Item key={id} leftSection={<Each size={15} stroke={1.7} />} onClick={() => setColorScheme(id)} fw={id === current ? 600 : 400}>{t(`theme.${id}`)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
