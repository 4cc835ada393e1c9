// Discord's limits, each with the page that states it.

/** https://docs.discord.com/developers/components/overview – all nested components of a message together. */
export const MOST_COMPONENTS = 40;
/** Text of all text displays together; stated in the error of the platform and in https://docs.discord.food/resources/components. */
export const MOST_TEXT = 4000;
/** https://docs.discord.com/developers/components/reference#action-row */
export const BUTTONS_PER_ROW = 5;
/** https://docs.discord.com/developers/components/reference#button */
export const BUTTON_LABEL = 80;
/** https://docs.discord.com/developers/components/reference#custom-id */
export const CUSTOM_ID = 100;
/** https://docs.discord.com/developers/components/reference#string-select */
export const SELECT_OPTIONS = 25;
/** Same page: label, value and description of an option. */
export const SELECT_TEXT = 100;
/** Same page. */
export const SELECT_PLACEHOLDER = 150;
/** https://docs.discord.com/developers/components/reference#media-gallery – alt text of an item; attachments allow the same. */
export const ALT_TEXT = 1024;
/** https://docs.discord.com/developers/components/reference#media-gallery */
export const GALLERY_ITEMS = 10;
/** https://docs.discord.com/developers/resources/message#create-message – `nonce`. */
export const NONCE = 25;
/** https://docs.discord.com/developers/reference#uploading-files – default limit of one file. */
export const FILE_BYTES = 10 * 1024 * 1024;
/** https://docs.discord.com/developers/interactions/application-commands – names, descriptions, choices, all characters of a command. */
export const COMMAND_NAME = /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u;
export const COMMAND_DESCRIPTION = 100;
export const OPTION_CHOICES = 25;
export const COMMAND_OPTIONS = 25;
export const COMMAND_CHARACTERS = 8000;
/** https://docs.discord.com/developers/topics/rate-limits – 50 requests/s per bot; four are left for what happens on the way: calls that are held up for 80 ms arrive together. */
export const REQUESTS_PER_SECOND = 46;
/** Ours, no limit of Discord: beyond this many open connections a burst only makes every answer late. */
export const CONNECTIONS = 64;
