// Slack for the wiring: from settings to a bot.
import type { Platform, PlatformTools } from '../platform.ts';

export const slack: Platform = {
  name: 'slack',
  turnOn: 'set SLACK_BOT_TOKEN and SLACK_APP_TOKEN to turn it on',
  isOn: (setting) => setting('SLACK_BOT_TOKEN') !== undefined || setting('SLACK_CLIENT_ID') !== undefined,
  async create(tools) {
    const { setting, dispatch, defaults } = tools;
    if (!slack.isOn(setting)) return null;
    for (const line of bothModes(tools)) tools.say(line);
    const { createSlackBot } = await import('./bot.ts');
    return createSlackBot({
      ...tools,
      places: tools,
      botToken: setting('SLACK_BOT_TOKEN'),
      appToken: setting('SLACK_APP_TOKEN'),
      signingSecret: setting('SLACK_SIGNING_SECRET'),
      oauth: oauthOf(tools),
      apiUrl: setting('SLACK_API_URL'),
      digestsOf: (tenant, user) =>
        dispatch({
          platform: 'slack',
          command: 'digest list',
          args: { everywhere: 'true' },
          user,
          place: { tenant, channel: '-' },
          locale: defaults.locale,
          via: 'control',
        }),
      onFatal: (reason) => tools.log.error({ reason }, 'Slack is off until this is corrected; everything else goes on'),
    });
  },
  async preview(card) {
    const { renderCard } = await import('./render/render.ts');
    return renderCard(card);
  },
};

/** Which mode runs where the settings of both are there; none where one of them is. */
function bothModes({ setting }: Pick<PlatformTools, 'setting'>): string[] {
  if (setting('SLACK_APP_TOKEN') === undefined || setting('SLACK_SIGNING_SECRET') === undefined) return [];
  const isHttp = setting('SLACK_CLIENT_ID') !== undefined;
  return [
    isHttp
      ? 'slack    HTTP mode runs, which several workspaces need: SLACK_APP_TOKEN is not used'
      : 'slack    Socket Mode runs: SLACK_SIGNING_SECRET is not used; for HTTP mode leave out SLACK_APP_TOKEN',
  ];
}

function oauthOf({ setting }: Pick<PlatformTools, 'setting'>) {
  const [clientId, clientSecret, stateSecret] = ['CLIENT_ID', 'CLIENT_SECRET', 'STATE_SECRET'].map((name) =>
    setting(`SLACK_${name}`),
  );
  return clientId === undefined || clientSecret === undefined || stateSecret === undefined
    ? undefined
    : { clientId, clientSecret, stateSecret };
}
