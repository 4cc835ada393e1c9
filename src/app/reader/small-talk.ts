// Messages without a topic: greetings, thanks, remarks in passing, and questions about the bot itself.

/**
 * What a message without a topic is. `thanks` and `aside` ("lol") ask for nothing; `yes` may be
 * meant for a button; `wrong` is about an answer; `who` asks what the bot is, `awake` whether it works, `invite` how it
 * gets to another place; `stop` says not what is to stop; `digest-setup` is a wish to be shown how a digest is made.
 */
export type SmallTalk =
  | 'greeting'
  | 'thanks'
  | 'aside'
  | 'bye'
  | 'yes'
  | 'wrong'
  | 'help'
  | 'who'
  | 'awake'
  | 'stop'
  | 'invite'
  | 'digest-setup';

/** Longer messages have a topic. */
const LONGEST = 80;
/** Without any of these a message is only marks and emoji. */
const WORD = /[\p{L}\p{N}]/u;

const NAMES =
  '(?: (?:there|all|everyone|everybody|guys|bot|taobot|tao bot|fam|frens?|team|mate|man|bro|dude|buddy|folks|please|pls|again|zusammen|le monde|à tous|sir|ser))*';
const GREETING =
  'taobot|hi+|hiya|hey+|hello+|hallo|hola|yo+|sup|howdy|gm+|ga|gme|good (?:morning|evening|afternoon|day)|morning|wagmi|greetings|' +
  "what'?s up|wassup|wazzup|how are you(?: doing| today)*|hru|how r u|how(?:'s| is) it going|guten (?:morgen|tag|abend)|moin(?: moin)?|servus|grüezi|grüß gott|" +
  'buenos días|buenas(?: tardes| noches)?|olá|oi|buongiorno|merhaba|selam|привет|здравствуйте|你好|こんにちは|안녕하세요|' +
  'salut|bonjour|bonsoir|coucou|ciao|namaste|namaskar';
const THANK =
  'thanks?(?: (?:you|u|a lot|a ton|so much|again|man|mate|bot|very much|for (?:the|your) help))*|many thanks|ty+|tysm|thx+|cheers|good bot|' +
  'much appreciated|appreciate it|i love (?:you|this|this bot|it)|love (?:you|it|this)|(?:you are|you.re|ur|u are|u r) (?:great|awesome|the best)|you rock|danke(?: (?:dir|schön|sehr|vielmals))*|vielen dank|besten dank|merci(?: (?:beaucoup|bien|vielmal))*|dhanyavaad|' +
  '(?:muchas |mil )?gracias|grazie(?: mille)?|(?:muito )?obrigad[oa]|dank je(?: wel)?|dankjewel|bedankt|tack(?: så mycket)?|dzięki|dziękuję|teşekkürler|' +
  'terima kasih|cảm ơn|спасибо(?: большое)?|дякую|谢谢你?|謝謝你?|ありがとう(?:ございます)?|감사합니다|고마워요?';
const ASIDE =
  'nice(?: one)?|great|cool|awesome|perfect|brilliant|lo+l+|lmao+|rofl|haha+|hehe+|ok(?:ay)?|oki|k|kk|no|nope|nah|not now|no problem|np|wow|' +
  'got it|i see|understood|makes sense|true|right|exactly|correct|good to know|interesting|well done|' +
  "nein|genau|super|alles klar|non|d'accord|parfait|fr|based|same|idk|nvm|never ?mind|brb|f|rip";
const BYE =
  '(?:good)?bye|bye bye|gn|good ?night|night|cya|see (?:you|ya)(?: later| soon| tomorrow)?|later|take care|gute nacht|tschüss?|bis (?:bald|morgen)|bonne nuit|au revoir|adiós|hasta luego|buona notte|até logo|пока';
const YES = 'yes|yep|yeah|yup|ya|sure|ja|oui|sí|si|do it|go ahead|confirm|start it';
const GREETINGS = phrases(GREETING);
const THANKS = phrases(`${THANK}|${ASIDE}|${BYE}|${YES}`);
const BYES = phrases(`${BYE}|${ASIDE}`);
const AGREES = phrases(YES);
/** Somebody says that an answer was wrong. */
const WRONG =
  /^(?:no )?(?:that|this|it|you|your answer|the answer|that answer)(?:'s| is| was| are|re|'re)? (?:totally |completely |just |all )?(?:wrong|not (?:right|true|correct)|incorrect|false|mistaken|outdated|nonsense|bullshit|bs)$|^(?:no )?(?:that|this|it)(?:'s|s| is) wrong (?:it|its|it's|tao|the price|price|real price)\b.*|^(?:wrong(?: answer)?|falsch|das (?:ist|stimmt) (?:falsch|nicht)|c'est faux)$/;
/** "hey bot, thanks" is thanks. */
const GREETED = new RegExp(`^(?:${GREETING})${NAMES} (?=.)`);
const HAS_BYE = new RegExp(`(?:^| )(?:${BYE})(?: |$)`);
const HAS_THANK = new RegExp(`(?:^| )(?:${THANK})(?: |$)`);
const HELP =
  /^(?:help(?: me)?|hilfe|aide|à l'aide|commands?|menu|start|info|what (?:can|do) (?:you|u|i) (?:do|ask|ask you|know|say)|what can (?:i|you) ask(?: you)?|what do you do|how (?:do|does|can) (?:i|you|this|it) (?:use (?:you|this|it)|work)|how to use (?:you|this|this bot|the bot)|was kannst du|que peux[ -]tu faire|qué puedes hacer)$/;
const MAKE = 'made|built|build|created|wrote|coded|programmed|developed|designed|owns|runs|maintains|is behind';
const US = '(?:you|this|this bot|the bot|taobot|this thing)';
const WHO = new RegExp(
  `^(?:who (?:are you|r u)|what are you|what is (?:taobot|this bot)|who (?:${MAKE}) ${US}|who(?: i|')s (?:your|the) (?:creator|maker|developer|dev|owner|author|boss)(?: of (?:this|the) bot)?|` +
    'are (?:you|u) (?:(?:a|an|the) )?(?:bot|real|human|alive|robot|person|machine|program|ai|llm|gpt|chatgpt|taobot|real person|human being)(?: or (?:a )?(?:bot|human|person|real))?|' +
    "wer bist du|bist du ein (?:bot|mensch)|wer hat dich (?:gemacht|gebaut|programmiert)|qui es[ -]tu|es[ -]tu un (?:bot|robot|humain)|qui t'a (?:créé|fait)|quién eres)$",
);
/** Somebody tries whether the bot works. */
const AWAKE = new RegExp(
  `^(?:(?:are )?(?:you|u) (?:still )?(?:there|here|online|awake|working|up|down|offline|ok|okay)|is (?:${US}|bot) (?:still )?(?:down|up|dead|alive|on|off|online|offline|working|running|ok|okay|there|here|awake)(?: again| now| today)?|` +
    `(?:does|do) ${US} (?:still )?work|(?:the )?bot (?:down|dead|offline|online|working)|anybody there|anyone there|ping|test(?:ing)?(?: test(?:ing)?)*(?: 1 2(?: 3)?)?)$`,
);
/** A stop to nothing in particular; "stop alert 2" and "pause the digest" are commands. */
const STOP =
  /^(?:please )?(?:stop|cancel|quit|abort|unsubscribe(?: me)?|opt out|(?:stop|cancel|end|turn off|disable) (?:it|that|this|everything|all)(?: off)?|turn (?:it|that|this) off|go away|leave me alone|stopp|abbrechen|aufhören|hör auf|arrête|annuler|para|cancelar)$/;
const INVITE = new RegExp(
  `^(?:(?:how|where) (?:do|can|could|would|to) (?:i|we|you)? ?|how to |can (?:i|we) |could (?:i|we) |i want to |please )?(?:add|invite|install|get|put|bring|have|use) ${US}(?: bot)? ` +
    '(?:to|in|on|into|for) (?:my|our|a|an|the|another|other) (?:own )?(?:discord |slack )?(?:server|discord|slack|workspace|channel|group|guild|community)s?$|' +
    `^(?:how (?:do|can) (?:i|we) )?(?:add|invite) ${US}$|^(?:add|invite)(?: (?:you|bot))? to (?:my|our) (?:discord |slack )?(?:server|workspace|channel)$|` +
    "^(?:(?:do you have|is there|what is|what's|give me|send me|where is) )?(?:a |an |the |your )?(?:bot )?invite(?: link)?(?: for this bot)?$",
);
/** Somebody is angry with the bot. */
const ANGRY =
  /^(?:fuck (?:you|u|off|this bot)|(?:you|u) (?:suck|are (?:useless|stupid|dumb|bad|trash|an idiot))|(?:this |the )?bot (?:sucks|is (?:so |really )?(?:useless|bad|trash|shit|crap|garbage|stupid|dumb|broken))|(?:useless|stupid|dumb|bad|shit) bot|useless|idiot|shut up|stfu)(?: bot)?$/;
const DIGEST_SETUP =
  /\b(?:set(?: ?up)?|create|make|schedule|get|start|add|configure)\b.*\b(?:digests?|daily (?:post|update|message|price)|morning (?:post|update|message|price))\b/;

/** One to four of the phrases in a row, each with the names of those who are spoken to. */
function phrases(one: string): RegExp {
  return new RegExp(`^(?:(?:${one})${NAMES})(?: (?:${one})${NAMES}){0,3}$`);
}

/** True where somebody only called the bot, or waved. `text`: as it was typed. */
export function isCall(text: string): boolean {
  return /^(?:\s|👋[\u{1F3FB}-\u{1F3FF}]?)*$/u.test(text);
}

/** Null for messages with a topic. `line`: as `readable` gives it; without letters and digits it is a remark or a question mark. */
export function smallTalk(line: string): SmallTalk | null {
  if (!WORD.test(line)) return line.includes('?') ? 'help' : 'aside';
  const text = line
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/[^\p{L}\p{N}'\s-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (text.length > LONGEST) return null;
  if (GREETINGS.test(text)) return 'greeting';
  const rest = text.replace(GREETED, '');
  if (AGREES.test(rest)) return 'yes';
  if (WRONG.test(rest) || ANGRY.test(rest)) return 'wrong';
  if (BYES.test(rest) && HAS_BYE.test(rest)) return 'bye';
  if (THANKS.test(rest)) return HAS_THANK.test(rest) ? 'thanks' : 'aside';
  if (HELP.test(text)) return 'help';
  if (WHO.test(text)) return 'who';
  if (AWAKE.test(rest)) return 'awake';
  if (STOP.test(rest)) return 'stop';
  if (INVITE.test(text)) return 'invite';
  return DIGEST_SETUP.test(text) ? 'digest-setup' : null;
}
