// Somebody's Home tab in the fake: what stands in it, and presses and choices there as Slack's payloads.
import { isRecord, items, type Json } from './blocks.ts';
import type { Delivered } from './people.ts';
import type { FakeSlack } from './slack.ts';

export type HomeView = {
  /** All of it as JSON text. */
  text(): string;
  press(label: string): Promise<Delivered>;
  /** The first option whose label holds these words. */
  pick(words: string): Promise<Delivered>;
};

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload – of a view: no channel, no message, no `response_url`. */
export function homeView(slack: FakeSlack, user: string, team = 'T0TEAM'): HomeView {
  let serial = 0;
  const view = (): Json => slack.space.views.get(user) ?? {};
  const elements = () =>
    items(view()['blocks'])
      .filter(isRecord)
      .flatMap((block) => [...(block['type'] === 'actions' ? items(block['elements']) : []), block['accessory']])
      .filter(isRecord);
  const labelOf = (value: unknown): string =>
    isRecord(value) && isRecord(value['text']) ? String(value['text']['text']) : '';
  const act = (action: Json) =>
    slack.deliver({
      type: 'interactive',
      payload: {
        type: 'block_actions',
        token: 'verification',
        team_id: team,
        api_app_id: 'A0APP',
        team: { id: team },
        enterprise: null,
        user: { id: user, team_id: team },
        container: { type: 'view', view_id: 'V1' },
        view: { id: 'V1', type: 'home', ...view() },
        trigger_id: `trigger-${user}-${++serial}-${crypto.randomUUID()}`,
        actions: [{ block_id: 'b', action_ts: String(serial), ...action }],
      },
    });
  return {
    text: () => JSON.stringify(view()),
    press(label) {
      const button = elements().find((element) => element['type'] === 'button' && labelOf(element) === label);
      if (button === undefined) throw new Error(`no button "${label}" in ${elements().map(labelOf).join(', ')}`);
      return act({ type: 'button', action_id: button['action_id'], value: button['value'] });
    },
    pick(words) {
      const found = elements()
        .flatMap((element) => items(element['options']).map((option) => ({ element, option })))
        .find(({ option }) => labelOf(option).includes(words));
      if (found === undefined) throw new Error(`no option "${words}"`);
      return act({ type: found.element['type'], action_id: found.element['action_id'], selected_option: found.option });
    },
  };
}
