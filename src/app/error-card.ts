// Failures as cards: what happened, why, and what to do; never a stack, never silence.
import type { Card, Outcome, Span } from './card.ts';
import { NO_TENANT, type Request } from './command.ts';

/** A card of one or two sentences, in which what is to be typed stands in back-ticks. `private` because an error interests only the one who asked. */
export function messageCard(kind: string, outcome: Outcome, title: string, sentences: string): Card {
  return {
    kind,
    outcome,
    tone: outcome === 'ok' ? 'info' : outcome === 'error' ? 'error' : 'warn',
    title,
    blocks: [{ kind: 'text', spans: withCode(sentences) }],
    private: outcome !== 'ok',
  };
}

export function brokenCard(reference: string): Card {
  return messageCard(
    'error',
    'error',
    'Something broke on our side',
    `This isn't your fault. Try again in a minute; if it keeps happening, send the operator this reference: ${reference}.`,
  );
}

/** What somebody may not do here, and who may. `what`: as it is typed, without the slash. */
export function notAllowedCard(what: string, { platform, place }: Pick<Request, 'platform' | 'place'>): Card {
  return messageCard('error', 'refused', 'Not allowed here', `\`/${what}\` ${whoMay(platform, place.tenant)}`);
}

function whoMay(platform: string, tenant: string): string {
  if (platform === 'slack')
    return 'is for workspace admins and, in a channel, for whoever created it. Ask one of them to run it.';
  return platform === 'discord' && tenant === NO_TENANT
    ? 'belongs to a server: use it in a channel that you manage.'
    : 'is for people who manage this channel or server. Ask a moderator to run it.';
}

/** What stands between back-ticks as code, the rest as it is: also a tick in words of others, which stand in quotes. */
export function withCode(text: string): Span[] {
  return text
    .split(/`([^`"\n]+)`/)
    .map((part, index): Span => (index % 2 === 1 ? { kind: 'code', text: part } : part))
    .filter((span) => span !== '');
}
