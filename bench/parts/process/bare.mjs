// The smallest sensible bot on both SDKs, in one process: it answers every command with its name. What a start and idle memory are measured against.
// Plain JavaScript with a compile cache, as the program has one: neither side pays for a compiler.
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

enableCompileCache(path.join(tmpdir(), 'taobot-bench-cache'));
const [{ Client, Events }, { App, LogLevel, SocketModeReceiver }] = await Promise.all([
  import('discord.js'),
  import('@slack/bolt'),
]);
const { DISCORD_TOKEN, DISCORD_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = process.env;

const client = new Client({ intents: ['Guilds'], waitGuildTimeout: 0, rest: { api: DISCORD_API_URL } });
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void interaction.reply(interaction.commandName).catch(() => undefined);
});

const clientOptions = { slackApiUrl: SLACK_API_URL };
const receiver = new SocketModeReceiver({
  appToken: SLACK_APP_TOKEN,
  logLevel: LogLevel.ERROR,
  installerOptions: { clientOptions },
});
const app = new App({ token: SLACK_BOT_TOKEN, receiver, convoStore: false, logLevel: LogLevel.ERROR, clientOptions });
app.command(/.*/, async ({ ack, body, respond }) => {
  await ack();
  await respond({ text: body.command });
});
process.on('SIGTERM', () => process.exit(0));
await Promise.all([client.login(DISCORD_TOKEN), app.start()]);
