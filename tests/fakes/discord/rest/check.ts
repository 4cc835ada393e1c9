// Checks what the bot sends against Discord's own description and against the rules that it does not state as a schema.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const SCHEMA = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../../fixtures/discord-schema.json'), 'utf8'),
) as object;
const ajv = new Ajv2020({ strict: false, allErrors: false });
ajv.addSchema({ ...SCHEMA, $id: 'discord' });

/** What the body of a call must be; names are those of the OpenAPI document. */
export type BodyKind =
  | 'MessageCreateRequest'
  | 'MessageEditRequestPartial'
  | 'IncomingWebhookUpdateRequestPartial'
  | 'IncomingWebhookRequestPartial'
  | 'ApplicationCommandUpdateRequest'
  | 'ApplicationCommandAutocompleteCallbackRequest'
  | 'CreateMessageInteractionCallbackRequest'
  | 'UpdateMessageInteractionCallbackRequest';

const V2 = 1 << 15;

type Node = {
  type?: number;
  content?: string;
  custom_id?: string;
  components?: Node[];
  accessory?: Node;
  items?: { media: { url: string } }[];
  options?: { value: string }[];
  id?: number;
};
export type MessageBody = {
  flags?: number;
  components?: Node[];
  content?: string;
  embeds?: unknown[];
  attachments?: { id: string; filename?: string }[];
  allowed_mentions?: { parse?: unknown[]; users?: unknown[]; roles?: unknown[]; replied_user?: boolean };
  nonce?: string | number;
  enforce_nonce?: boolean;
};

/** Everything wrong with a body, in words; empty when Discord would take it. */
export function problemsOf(kind: BodyKind, body: unknown): string[] {
  const validate = ajv.getSchema(`discord#/$defs/${kind}`);
  if (validate === undefined) throw new Error(`no schema ${kind}`);
  return validate(body) === true ? [] : [`${kind}: ${ajv.errorsText(validate.errors)}`];
}

/** Rules about a whole message: totals, unique ids, references to files, no mention but of a person whom the text names. `files`: names of the uploaded parts. */
export function messageProblems(body: MessageBody, files: readonly string[]): string[] {
  const found: string[] = [];
  const nodes = flatten(body.components ?? []);
  const say = (wrong: boolean, text: string): void => void (wrong && found.push(text));
  const text = nodes.reduce((sum, node) => sum + (node.content?.length ?? 0), 0);
  const ids = nodes.flatMap((node) => (node.custom_id === undefined ? [] : [node.custom_id]));
  say(((body.flags ?? 0) & V2) === 0 && (body.components?.length ?? 0) > 0, 'components need the V2 flag');
  say(body.content !== undefined || body.embeds !== undefined, 'V2 messages have no content and no embeds');
  say(nodes.length > 40, `${nodes.length} components`);
  say(text > 4000, `${text} characters of text`);
  say(
    nodes.some((node) => node.type === 10 && (node.content ?? '').trim() === ''),
    'empty text display',
  );
  say(new Set(ids).size < ids.length, `custom ids repeat: ${ids.join(' ')}`);
  for (const node of nodes)
    say(new Set(node.options?.map((option) => option.value)).size < (node.options?.length ?? 0), 'menu values repeat');
  const named = (body.attachments ?? []).map((attachment) => attachment.filename ?? '');
  for (const url of nodes.flatMap((node) => node.items?.map((item) => item.media.url) ?? []))
    say(
      !named.includes(url.replace('attachment://', '')) || !url.startsWith('attachment://'),
      `picture ${url} is not attached`,
    );
  say(
    files.some((name) => !named.includes(name)) || named.some((name) => !files.includes(name)),
    `attachments ${named.join()} but files ${files.join()}`,
  );
  const mentions = body.allowed_mentions;
  say(mentions === undefined, 'allowed_mentions is missing: everything would ping');
  say(
    (mentions?.parse?.length ?? 1) > 0 ||
      mentions?.users?.some((user) => !nodes.some((node) => node.content?.includes(`<@${String(user)}>`))) === true ||
      (mentions?.roles?.length ?? 0) > 0 ||
      mentions?.replied_user === true,
    'mentions are allowed',
  );
  return found;
}

/** All components, nested ones included. */
export function flatten(components: readonly Node[]): Node[] {
  return components.flatMap((node) => [
    node,
    ...flatten(node.components ?? []),
    ...(node.accessory === undefined ? [] : flatten([node.accessory])),
  ]);
}
