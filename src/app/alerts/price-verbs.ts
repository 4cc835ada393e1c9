// What prices do in the words of people: rise, fall, reach something; one list for whoever reads conditions and whoever tells a wish from a question.

const UP =
  /^(?:above|over|>|>=|≥|exceeds?|surpass(?:es)?|tops?|beyond|higher|greater|more|über|oberhalb|au-dessus|dessus|dépasse|encima|supera|supere|acima|passar?|ultrapassar?|sopra|выше|больше|превысит|превышает)$/;
const DOWN =
  /^(?:below|under|<|<=|≤|beneath|lower|less|unter|unterhalb|au-dessous|dessous|sous|debajo|abaixo|sotto|ниже|меньше)$/;
const RISES =
  /^(?:up|rises?|rising|gains?|gaining|pump(?:s|ing)?|jump(?:s|ing)?|climb(?:s|ing)?|rall(?:y|ies)|spikes?|soars?|surges?|bounces?|rebounds?|recovers?|moons|(?:sky)?rockets?|doubles?|triples?|steigt|monte|sube|suba|subir|sobe|вырастет|поднимется)$/;
const FALLS =
  /^(?:down|falls?|falling|drop(?:s|ping)?|loses?|losing|dump(?:s|ing)?|dip(?:s|ping)?|crash(?:es)?|sink(?:s|ing)?|tanks?|plunges?|plummets?|slips?|slides?|tumbles?|nosedives?|fällt|sinkt|tombe|baisse|baja|baje|cae|caiga|cai|caia|cair|bajar|baixar|baixe|упад[её]т|опустится|снизится)$/;
const REACHES =
  /^(?:hits?|reach(?:es)?|cross(?:es)?|touch(?:es)?|breaks?|pass(?:es)?|costs?|equals?|worth|trades?|at|=|erreicht|lleg(?:a|ue|ar)|alcan(?:ce|za|zar)|cheg(?:a|ue|ar)|atin(?:ge|ja|gir)|atteint|достигнет)$/;
const MOVES = /^(?:moves?|changes?|swings?)$/;

export const isAbove = (word: string): boolean => UP.test(word);
export const isBelow = (word: string): boolean => DOWN.test(word);
export const isRise = (word: string): boolean => RISES.test(word);
export const isFall = (word: string): boolean => FALLS.test(word);

/** True for a word of what a price does or where it stands: "jumps", "above", "hits". */
export const isPriceVerb = (word: string): boolean =>
  [UP, DOWN, RISES, FALLS, REACHES, MOVES].some((form) => form.test(word));

/** True for a word of a change that says nothing without how far: "drops", "moves". */
export const isChange = (word: string): boolean => [RISES, FALLS, MOVES].some((form) => form.test(word));
