// Buttons and menus of a card as Block Kit elements; each carries its request as its value.
import type { Button, Invocation, MenuOption } from '../../../app/card.ts';
import { encodeInvocation } from '../../../app/control-id.ts';
import {
  LONGEST_BUTTON,
  LONGEST_OPTION,
  LONGEST_PLACEHOLDER,
  MOST_ACTIONS,
  MOST_OPTIONS,
  MOST_OVERFLOW,
} from '../limits.ts';
import type { SlackBlock } from './blocks.ts';
import { cut, plain } from './escape.ts';

/** All action ids begin with it; the number makes them unique within a message. */
export const INVOCATION_ACTION = 'ask';
/** The coin search: its options come from us while somebody types. */
export const FIND_COIN_ACTION = 'find:coin';

export type Numbering = { next(): string };

/** Action ids must be unique within a block (https://docs.slack.dev/reference/block-kit/block-elements/button-element); ours are in the whole message. */
export function createNumbering(): Numbering {
  let count = 0;
  return { next: () => `${INVOCATION_ACTION}:${count++}` };
}

const text = (words: string, longest: number) => ({
  type: 'plain_text',
  text: cut(plain(words), longest) || '–',
  emoji: false,
});

export function buttonBlocks(buttons: readonly Button[], numbering: Numbering): SlackBlock[] {
  const blocks: SlackBlock[] = [];
  for (let start = 0; start < buttons.length; start += MOST_ACTIONS) {
    const elements = buttons.slice(start, start + MOST_ACTIONS).map((button) => {
      const style = button.style ?? (button.active === true ? 'primary' : undefined);
      return {
        type: 'button',
        text: text(button.label, LONGEST_BUTTON),
        action_id: numbering.next(),
        value: encodeInvocation(button.invocation),
        ...(style === undefined ? {} : { style }),
        ...(button.active === true
          ? { accessibility_label: cut(plain(`${button.label}, shown now`), LONGEST_BUTTON) }
          : {}),
      };
    });
    blocks.push({ type: 'actions', elements });
  }
  return blocks;
}

export function menuBlock(placeholder: string, options: readonly MenuOption[], numbering: Numbering): SlackBlock[] {
  if (options.length === 0) return [];
  const element = {
    type: 'static_select',
    placeholder: text(placeholder, LONGEST_PLACEHOLDER),
    action_id: numbering.next(),
    options: options.slice(0, MOST_OPTIONS).map((option) => ({
      text: text(option.label, LONGEST_OPTION),
      value: encodeInvocation(option.invocation),
      ...(option.description === undefined || option.description === ''
        ? {}
        : { description: text(option.description, LONGEST_OPTION) }),
    })),
  };
  return [{ type: 'actions', elements: [element] }];
}

/** The first options as the overflow menu of a section; nothing without any. */
export function overflow(options: readonly MenuOption[], numbering: Numbering): { accessory?: object } {
  if (options.length === 0) return {};
  const shown = options.slice(0, MOST_OVERFLOW).map((option) => ({
    text: text(option.label, LONGEST_OPTION),
    value: encodeInvocation(option.invocation),
  }));
  return { accessory: { type: 'overflow', action_id: numbering.next(), options: shown } };
}

/** Slash commands cannot complete in Slack; this menu searches while one types. */
export function coinSearchBlock(): SlackBlock {
  return {
    type: 'actions',
    elements: [
      {
        type: 'external_select',
        action_id: FIND_COIN_ACTION,
        placeholder: text('Find another coin', LONGEST_PLACEHOLDER),
        min_query_length: 1,
      },
    ],
  };
}

export function searchOption(label: string, invocation: Invocation): { text: object; value: string } {
  return { text: text(label, LONGEST_OPTION), value: encodeInvocation(invocation) };
}
