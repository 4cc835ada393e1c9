// Slack's numbers, each with the page that states it; renderers shorten prose to them, structural overflow throws.

/** https://docs.slack.dev/reference/block-kit/blocks — a message holds 50 blocks, a Home tab or modal 100. */
export const MOST_BLOCKS = 50;
export const MOST_VIEW_BLOCKS = 100;
/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
export const LONGEST_HEADER = 150;
/** https://docs.slack.dev/reference/block-kit/blocks/section-block — text, and ten fields. */
export const LONGEST_SECTION = 3000;
export const MOST_FIELDS = 10;
export const LONGEST_FIELD = 2000;
/** Our own: the label shares a field with its value. */
export const LONGEST_FIELD_LABEL = 100;
/** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
export const MOST_ACTIONS = 25;
/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const LONGEST_BUTTON = 75;
/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object — text and description. */
export const LONGEST_OPTION = 75;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const MOST_OPTIONS = 100;
export const LONGEST_PLACEHOLDER = 150;
/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export const MOST_OVERFLOW = 5;
/** https://docs.slack.dev/reference/block-kit/blocks/image-block — alt text and title. */
export const LONGEST_ALT = 2000;
/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block — at most two such blocks in a message. */
export const MOST_NATIVE_CHARTS = 2;
export const LONGEST_CHART_TITLE = 50;
export const LONGEST_CHART_LABEL = 20;
export const MOST_POINTS = 20;
export const MOST_SERIES = 6;
/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block — rows include the header. */
export const MOST_TABLE_ROWS = 101;
export const MOST_TABLE_COLUMNS = 20;
/** https://github.com/slackapi/bolt-js/issues/2509 — beyond about 13,200 characters of blocks: `msg_blocks_too_long`. */
export const LONGEST_BLOCKS = 13_200;
/** https://docs.slack.dev/reference/methods/chat.postMessage — best below 4,000; longer texts may be split. */
export const LONGEST_TEXT = 3500;
/** Ours, no limit of Slack: beyond this many open connections a burst only makes every answer late. */
export const CONNECTIONS = 64;
/** https://docs.slack.dev/authentication/verifying-requests-from-slack — older requests are replays; a clock ahead is none of Slack's. */
export const OLDEST_REQUEST_MS = 5 * 60_000;
export const FUTURE_REQUEST_MS = 60_000;
/** Slack's payloads are far smaller; anything beyond is an attack on our memory. */
export const LONGEST_REQUEST_BYTES = 1024 * 1024;
