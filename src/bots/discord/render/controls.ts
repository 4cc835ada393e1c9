// Buttons and menus: each carries its whole request in the custom id, so it still works after a restart.
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { headOf } from '../../../base/visible-text.ts';
import type { Button, Invocation, MenuOption } from '../../../app/card.ts';
import { encodeInvocation } from '../../../app/control-id.ts';
import {
  BUTTON_LABEL,
  BUTTONS_PER_ROW,
  CUSTOM_ID,
  SELECT_OPTIONS,
  SELECT_PLACEHOLDER,
  SELECT_TEXT,
} from '../limits.ts';
import { cleanText } from './escape.ts';

export type Row = APIActionRowComponent<APIButtonComponent | APIStringSelectComponent>;

/** Builds the controls of one message; ids are unique within it, which Discord demands. */
export function createControls() {
  const taken = new Set<string>();
  let menus = 0;

  /** Two controls may ask the same; `decodeInvocation` does not read the mark that tells them apart. Null where the mark has no room. */
  const uniqueId = (invocation: Invocation): string | null => {
    const code = encodeInvocation(invocation);
    let id = code;
    for (let count = 2; taken.has(id); count++) id = `${code}${code.includes('?') ? '&' : '?'}_=${count}`;
    if (id.length > CUSTOM_ID) return null;
    taken.add(id);
    return id;
  };
  /** None for a second one that asks the same and has no room for an id of its own: the first one does it. */
  const button = (given: Button): APIButtonComponent[] => {
    const id = uniqueId(given.invocation);
    if (id === null) return [];
    const style =
      given.style === 'danger'
        ? ButtonStyle.Danger
        : given.active || given.style === 'primary'
          ? ButtonStyle.Primary
          : ButtonStyle.Secondary;
    const label = shortLabel(given.short ?? given.label, BUTTON_LABEL);
    return [{ type: ComponentType.Button, style, label, custom_id: id }];
  };

  return {
    buttons(buttons: readonly Button[]): Row[] {
      const made = buttons.flatMap(button);
      const rows: Row[] = [];
      for (let index = 0; index < made.length; index += BUTTONS_PER_ROW)
        rows.push({ type: ComponentType.ActionRow, components: made.slice(index, index + BUTTONS_PER_ROW) });
      return rows;
    },
    menu(placeholder: string, options: readonly MenuOption[]): Row[] {
      const byValue = new Map(options.map((option) => [encodeInvocation(option.invocation), option]));
      if (byValue.size === 0) return [];
      if (byValue.size > SELECT_OPTIONS)
        throw new Error(`menu has ${byValue.size} options, Discord takes ${SELECT_OPTIONS}`);
      menus++;
      return [
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.StringSelect,
              custom_id: `menu-${menus}`,
              placeholder: shortLabel(placeholder, SELECT_PLACEHOLDER),
              options: [...byValue].map(([value, option]) => menuOption(value, option)),
            },
          ],
        },
      ];
    },
  };
}

function menuOption(value: string, option: MenuOption): APISelectMenuOption {
  const description = option.description === undefined ? '' : shortLabel(option.description, SELECT_TEXT);
  return { label: shortLabel(option.label, SELECT_TEXT), value, ...(description === '' ? {} : { description }) };
}

/** Labels are plain text on Discord: no markup to escape, only length and invisible characters. */
export function shortLabel(text: string, most: number): string {
  const clean = cleanText(text).trim();
  if (clean.length <= most) return clean === '' ? '…' : clean;
  return `${headOf(clean, most - 1).trimEnd()}…`;
}
