import { color, type Token } from '../theme/tokens.ts';

/** A legend's sample: its shape says as much as its colour. */
export function Swatch({ token, shape }: { token: Token; shape: 'line' | 'dashed' | 'block' | 'hatch' }) {
  const fill = color(token);
  return (
    <svg width="12" height="10" viewBox="0 0 12 10" aria-hidden>
      {shape === 'line' || shape === 'dashed' ? <line x1="0" x2="12" y1="5" y2="5" stroke={fill} strokeWidth="2" strokeDasharray={shape === 'dashed' ? '3 2' : undefined} /> : <rect width="10" height="10" x="1" rx="2" fill={shape === 'hatch' ? 'none' : fill} stroke={fill} strokeWidth={shape === 'hatch' ? 1.2 : 0} />}
      {shape === 'hatch' && <path d="M2 8L9 1M5 9.5L10.5 4" stroke={fill} strokeWidth="1.4" />}
    </svg>
  );
}
