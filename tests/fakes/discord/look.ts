// Looks at a message as Discord's client would: which words ping, where links lead, what became a heading, list, quote or code.
import { flatten, type MessageBody } from './rest/check.ts';

export type Look = {
  /** Anything that would notify or resolve to a mention. */ pings: string[];
  /** Addresses that a click would open. */ links: string[];
  /** Kinds of lines: "#", "-#", "-", ">", "" … */ lines: string[];
  /** What a reader sees. */ text: string;
  /** Marks that were opened and never closed. */ dangling: string[];
};

/** The platform looks for pings in the raw text, whatever stands before them. Commands that the fake registered (76…) ping nobody. */
const PINGS = /@everyone|@here|<@[!&]?\d+>|<#\d+>|<\/[^>]+:(?!76\d{16}>)\d+>|<a?:\w+:\d+>|<id:\w+>/g;
const BARE_LINKS =
  /\b(?:https?|steam|discord|ftp):\/\/[^\s<>)\]]+|<(?:mailto|tel|sms):[^>]+>|\bdiscord(?:app)?\.(?:gg|com\/invite)\/\w+/gi;

export function lookAt(body: MessageBody): Look {
  const looks = flatten(body.components ?? []).flatMap((node) =>
    node.content === undefined ? [] : [lookAtText(node.content)],
  );
  return {
    pings: looks.flatMap((look) => look.pings),
    links: looks.flatMap((look) => look.links),
    lines: looks.flatMap((look) => look.lines),
    text: looks.map((look) => look.text).join('\n'),
    dangling: looks.flatMap((look) => look.dangling),
  };
}

/** One text display. */
export function lookAtText(content: string): Look {
  const links: string[] = [];
  const { shown, dangling } = readInline(content, links);
  return {
    pings: content.match(PINGS) ?? [],
    links,
    lines: shown.split('\n').map(lineKind),
    text: shown.replaceAll(/[\uE000\uE001]/g, ''),
    dangling,
  };
}

/** Private-use marks stand for characters that were escaped (E000) or are inside code (E001), so that they are not markup below. */
function readInline(content: string, links: string[]): { shown: string; dangling: string[] } {
  const dangling: string[] = [];
  const open = new Map<string, boolean>();
  let shown = '';
  for (let index = 0; index < content.length;) {
    const rest = content.slice(index);
    const token = nextToken(rest);
    if (token.link !== undefined) links.push(token.link);
    if (token.mark !== undefined) open.set(token.mark, !(open.get(token.mark) ?? false));
    shown += token.shown;
    index += token.length;
  }
  for (const [mark, isOpen] of open) if (isOpen) dangling.push(mark);
  return { shown, dangling };
}

type Token = { length: number; shown: string; link?: string; mark?: string };

function nextToken(rest: string): Token {
  const escaped = /^\\([^0-9A-Za-z\s])/.exec(rest);
  if (escaped !== null) return { length: 2, shown: `\uE000${escaped[1] ?? ''}` };
  const code = /^(`+)([\s\S]*?[^`])\1(?!`)/.exec(rest);
  if (code !== null) return { length: code[0].length, shown: (code[2] ?? '').replaceAll(/\S/g, '\uE001$&') };
  const masked = /^\[((?:\\.|[^\]\\])*)\]\(<?([^\s<>]*?)>?\)/.exec(rest);
  if (masked !== null) return { length: masked[0].length, shown: masked[1] ?? '', link: masked[2] ?? '' };
  const command = /^<(\/[^>:]+):\d+>/.exec(rest);
  if (command !== null) return { length: command[0].length, shown: command[1] ?? '' };
  const bare = new RegExp(`^(?:${BARE_LINKS.source})`, 'i').exec(rest);
  if (bare !== null) return { length: bare[0].length, shown: bare[0], link: bare[0] };
  const mark = /^(\*\*\*|\*\*|\*|__|~~|\|\||`)/.exec(rest);
  if (mark !== null) return { length: mark[0].length, shown: '', mark: mark[0] };
  return { length: 1, shown: rest.charAt(0) };
}

function lineKind(line: string): string {
  return /^\s*(#{1,3}(?= )|-#(?= )|[-*+](?= )|>{1,3}(?= )|\d+[.)](?= ))/.exec(line)?.[1] ?? '';
}
