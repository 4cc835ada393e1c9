// What an answer of the Web API is.
import type { Json } from './blocks.ts';

export type ApiAnswer = Json & { ok: boolean };

export const fail = (error: string): ApiAnswer => ({ ok: false, error });
export const string = (value: unknown): string => (typeof value === 'string' ? value : '');
