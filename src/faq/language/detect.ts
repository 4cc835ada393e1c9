// In which other language a message is written: by script, then by everyday words and letters. English and doubt are null.

/** Languages that are told apart, by ISO 639-1 code. */
export type ForeignLanguage = keyof typeof EVERYDAY_WORDS | 'ru' | 'uk' | 'zh' | 'ja' | 'ko';

/** The commonest words of each language that English does not use; a word may belong to several. */
const EVERYDAY_WORDS = {
  de: 'der die das und ist ich nicht ein eine einen wie wo wann warum kann mit für auf auch wird sind habe es von zu mein meine was viel gibt wer im den dem mir man wenn oder sich bei noch lohnt hat wieviel vom zum welche welches welcher ihr euch muss empfehlt',
  es: 'de hago el la los las es que qué cómo como dónde donde cuándo cuando cuánto cuanto cuesta puedo para por una un mi mis en del con hay quiero hacer se lo más qual está son tengo sirve esto',
  fr: "de le la les des est que quoi comment où quand combien pourquoi puis je peux pour une un mon mes dans du avec faire sur et ce cette c'est quel quelle sont qu'est-ce il vous j'ai au aux est-il a-t-il",
  pt: 'de o os é que como onde quando quanto custa posso para por uma um meu meus minha em da na com fazer não mais você são qual tenho eu isso preciso faço faz ao pelo perdi',
  it: "il lo gli è che come dove quando quanto costa posso per una un mio miei nel della del con fare non più cosa sono ho qual cos'è quali perché si di questo",
  nl: 'de het een en is niet ik hoe waar wanneer waarom kan met voor op ook wordt zijn heb van mijn wat veel hoeveel wie als maar moet naar deze kun je duurt kost mag wel',
  pl: 'jest nie jak gdzie kiedy dlaczego czy co to się na do mogę moje mój ile kosztuje są dla przez mam kto po od w z jaki jaka jakie można następny mogą bo już bierze ile trwa walidator moje',
  tr: 've bir bu nasıl nerede ne zaman neden için mi mı mu mü var kaç nedir ile benim çok olarak kadar olur yapılır yapabilirim edebilirim midir kim daha değil nereden satın alınır ben mıyım sonraki güvenli param şifremi yapmalıyım unuttum cüzdan cüzdanım çalabilir nasil',
  vi: 'là và của có không cho tôi làm thế nào ở đâu khi bao nhiêu tại sao một các được này với gì như mua để bạn mất',
  id: 'yang dan di ini itu apa bagaimana cara dimana mana kapan berapa kenapa bisa untuk saya tidak dengan dari ke adalah ada apakah siapa mengapa akan pada bagaimanakah aku berikutnya selanjutnya sudah beli',
} as const;

/** How short questions begin: "was ist bittensor" has one everyday word more than English would allow. */
const OPENINGS: readonly (readonly [RegExp, keyof typeof EVERYDAY_WORDS])[] = [
  [/^was (?:ist|sind|kostet|macht|bedeutet)(?= )/u, 'de'],
  [/^apa itu(?= )/u, 'id'],
  [/ nedir\W*$/u, 'tr'],
  [/^cos['’ ]?è(?= )/u, 'it'],
];

/** Letters that point to few languages. */
const LETTERS: readonly (readonly [RegExp, keyof typeof EVERYDAY_WORDS])[] = [
  [/[äöüß]/gu, 'de'],
  [/[ñ¿¡]/gu, 'es'],
  [/[œêçàèùî]/gu, 'fr'],
  [/[ãõ]|ção|ções|aço/gu, 'pt'],
  [/[ìò]/gu, 'it'],
  [/[łęąńśźżć]/gu, 'pl'],
  [/[ığş]/gu, 'tr'],
  [/[ăđơưạảấầậắặẹếềệịọốồộớờợụứừựỳỹ]/gu, 'vi'],
];

/** English words that count against every other language. */
const ENGLISH = new Set(
  (
    'the of to and is it you that was for are with his they i at be this have from or had by but not what all were we ' +
    'when your can there use an each which how their if will way about many then them would like has more see could my ' +
    'than been who do does did why where much should get any some just on as so me same vs pls'
  ).split(' '),
);

/** A language needs so many points more than English: two everyday words, or one and a letter of its own. */
const ENOUGH = 2;
/** Share of the words that must be everyday words of the language, so that a quoted phrase does not decide. */
const LEAST_SHARE = 0.25;
/** Share of letters in a script from which the message is written in it. */
const SCRIPT_SHARE = 0.25;
/** Fewer letters are a smiley rather than a language. */
const FEWEST_LETTERS = 2;
/** Characters that are looked at. */
const LONGEST = 600;

const LANGUAGES = Object.keys(EVERYDAY_WORDS) as (keyof typeof EVERYDAY_WORDS)[];
const WORDS = new Map(LANGUAGES.map((name) => [name, new Set<string>(EVERYDAY_WORDS[name].split(' '))]));

/** The language of a message when it is one of ours and surely not English, else null. Pure; bounded for any input. */
export function detectLanguage(raw: string): ForeignLanguage | null {
  const text = raw.slice(0, LONGEST).normalize('NFC').toLowerCase();
  return byScript(text) ?? byWords(text);
}

/** True for an everyday word of the language: it carries no topic. */
export function isEverydayWord(word: string, language: ForeignLanguage): boolean {
  return WORDS.get(language as keyof typeof EVERYDAY_WORDS)?.has(word) === true;
}

function byScript(text: string): ForeignLanguage | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const share = (script: RegExp) => (text.match(script)?.length ?? 0) / Math.max(1, letters);
  if (letters < FEWEST_LETTERS) return null;
  if (share(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > SCRIPT_SHARE / 2) return 'ja';
  if (share(/\p{Script=Hangul}/gu) > SCRIPT_SHARE) return 'ko';
  if (share(/\p{Script=Han}/gu) > SCRIPT_SHARE) return 'zh';
  if (share(/\p{Script=Cyrillic}/gu) > SCRIPT_SHARE)
    return /[іїєґ]|(?:^|\s)(?:де|що|як|чи|можна|коли|купити)(?:\s|$)/u.test(text) ? 'uk' : 'ru';
  return null;
}

function byWords(text: string): ForeignLanguage | null {
  const opening = OPENINGS.find(([form]) => form.test(text.trimStart()));
  if (opening !== undefined) return opening[1];
  const distinct = [...new Set(text.match(/[\p{L}'’-]+/gu))];
  const english = distinct.filter((word) => ENGLISH.has(word)).length;
  let best: ForeignLanguage | null = null;
  let most = english + ENOUGH - 0.5;
  for (const language of LANGUAGES) {
    const own = distinct.filter((word) => isEverydayWord(word, language)).length;
    const letters = LETTERS.reduce(
      (sum, [some, name]) => (name === language && text.search(some) >= 0 ? sum + 1 : sum),
      0,
    );
    if (own / Math.max(1, distinct.length) < LEAST_SHARE || own + letters <= most) continue;
    most = own + letters;
    best = language;
  }
  return best;
}
