// Says to people who write in another language, in that language, that answers are English so far.
import type { ForeignLanguage } from '../../faq/language/detect.ts';

const SENTENCES: Readonly<Record<ForeignLanguage, string>> = {
  de: 'Antworten gibt es hier bisher nur auf Englisch.',
  es: 'Por ahora las respuestas solo están en inglés.',
  fr: 'Pour le moment, les réponses sont uniquement en anglais.',
  pt: 'Por enquanto, as respostas estão apenas em inglês.',
  it: 'Per ora le risposte sono solo in inglese.',
  nl: 'Antwoorden zijn er voorlopig alleen in het Engels.',
  pl: 'Na razie odpowiedzi są tylko po angielsku.',
  tr: 'Yanıtlar şimdilik yalnızca İngilizce.',
  vi: 'Hiện tại câu trả lời chỉ có bằng tiếng Anh.',
  id: 'Untuk saat ini jawaban hanya tersedia dalam bahasa Inggris.',
  ru: 'Пока ответы есть только на английском языке.',
  uk: 'Поки що відповіді є лише англійською мовою.',
  zh: '目前只有英文回答。',
  ja: '今のところ、回答は英語のみです。',
  ko: '현재 답변은 영어로만 제공됩니다.',
};

/** One sentence in the asker's language. */
export function englishOnly(language: ForeignLanguage): string {
  return SENTENCES[language];
}
