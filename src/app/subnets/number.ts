// The closed forms in which people write a subnet's number.

const ASCII = /^[ -~]*$/;
const NUMBER = /^(?:id:)?(?:sn|τ|subnet|netuid)[\s-]?([1-9]\d{0,4})$/iu;

/** The number that a text of the closed forms names ("sn64", "SN 64", "subnet 64", "τ64"); null for anything else, a bare number too. */
export function subnetNumber(text: string): number | null {
  const digits = NUMBER.exec((ASCII.test(text) ? text : text.normalize('NFKC')).trim())?.[1];
  return digits === undefined ? null : Number(digits);
}
