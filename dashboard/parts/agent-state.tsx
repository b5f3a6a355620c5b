import { IconArrowBarToRight, IconBellRinging, IconCircle, IconEar, IconEye, IconHandStop, IconHelp, IconPencil, IconPhone, IconPlayerPause, IconPower, type Icon } from '@tabler/icons-react';
import type { LiveAgent } from '../live/live-query.ts';
import { color, type Token } from '../theme/tokens.ts';

export type AgentState = LiveAgent['state'];

interface Look { icon: Icon; token: Token }

/** A state's shape and colour: the same on tiles, lanes and timelines. */
export const STATE_LOOK: Record<AgentState, Look> = {
  ready: { icon: IconCircle, token: 'ready' },
  ringing: { icon: IconBellRinging, token: 'ringing' },
  dialing: { icon: IconArrowBarToRight, token: 'ringing' },
  talk: { icon: IconPhone, token: 'talk' },
  hold: { icon: IconHandStop, token: 'hold' },
  wrapup: { icon: IconPencil, token: 'wrapup' },
  pause: { icon: IconPlayerPause, token: 'pause' },
  preview: { icon: IconEye, token: 'hold' },
  supervision: { icon: IconEar, token: 'hold' },
  logged_out: { icon: IconPower, token: 'out' },
  unknown: { icon: IconHelp, token: 'out' },
};

/** The order in which states are listed. */
export const STATE_ORDER: AgentState[] = ['ready', 'ringing', 'dialing', 'talk', 'hold', 'wrapup', 'preview', 'supervision', 'pause', 'unknown', 'logged_out'];

export function StateIcon({ state, size = 14 }: { state: AgentState; size?: number }) {
  const { icon: Glyph, token } = STATE_LOOK[state];
  return <Glyph size={size} stroke={2} color={color(token)} aria-hidden style={{ flex: 'none' }} />;
}
