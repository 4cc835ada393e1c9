// Types of the one function that we use of snowball-stemmers, which ships none.
declare module 'snowball-stemmers' {
  export function newStemmer(language: 'english'): { stem(word: string): string };
}
