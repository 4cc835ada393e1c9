// Colours of the pictures. Up and down stay apart for protan, deutan and tritan sight, and never stand without a sign or triangle.
import type { Direction } from '../../format/numbers.ts';
import type { Theme } from '../spec.ts';

export type Palette = {
  background: string;
  tile: string;
  track: string;
  text: string;
  text2: string;
  text3: string;
  /** Lines, dots and pills by direction. */
  accent: Readonly<Record<Direction, string>>;
  /** The same for words on a tint of the accent; darker in light themes, for 4.5:1. */
  chipText: Readonly<Record<Direction, string>>;
  onAccent: string;
  warn: string;
  warnText: string;
  progress: string;
  grid: string;
  gridOpacity: number;
  chipOpacity: number;
  areaOpacity: number;
  /** One per compared coin; at least 13 apart (CIEDE2000) for normal, protan and deutan sight. */
  series: readonly [string, string, string, string, string];
};

const dark: Palette = {
  background: '#14161C',
  tile: '#1D2028',
  track: '#2A2E38',
  text: '#F4F6FA',
  text2: '#A3ABBA',
  text3: '#8A93A5',
  accent: { up: '#2EE0C6', down: '#FF5A47', flat: '#A3ABBA' },
  chipText: { up: '#2EE0C6', down: '#FF6A58', flat: '#B6BDCA' },
  onAccent: '#0B0D12',
  warn: '#FFC24B',
  warnText: '#FFC24B',
  progress: '#8B9CFF',
  grid: '#FFFFFF',
  gridOpacity: 0.075,
  chipOpacity: 0.15,
  areaOpacity: 0.34,
  series: ['#3FA9FF', '#FFD23F', '#FF5D8F', '#FFFFFF', '#6FA000'],
};

const light: Palette = {
  background: '#F2F5FA',
  tile: '#FFFFFF',
  track: '#E3E7ED',
  text: '#10131A',
  text2: '#475061',
  text3: '#5B6576',
  accent: { up: '#007D80', down: '#CB3A1A', flat: '#525B6B' },
  chipText: { up: '#00686B', down: '#B02E10', flat: '#475061' },
  onAccent: '#FFFFFF',
  warn: '#9A5B00',
  warnText: '#7F4A00',
  progress: '#4B5BD7',
  grid: '#10131A',
  gridOpacity: 0.085,
  chipOpacity: 0.1,
  areaOpacity: 0.22,
  series: ['#0B5EDA', '#B45309', '#A3154F', '#10131A', '#687076'],
};

const palettes: Readonly<Record<Theme, Palette>> = { dark, light };

/** Colours of a theme; an unknown one (from a query string) is drawn dark. */
export function paletteOf(theme: Theme): Palette {
  return Object.hasOwn(palettes, theme) ? palettes[theme] : dark;
}
