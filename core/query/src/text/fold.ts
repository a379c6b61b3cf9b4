/** Letters that are no base letter with a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŧ: 't',
  Ŧ: 'T',
  ё: 'е',
  Ё: 'Е',
};

/** Marks on a Latin or Greek letter. In other scripts marks are letters of their own: vowels of Hindi, the breve of й. */
const MARKS = /([\p{sc=Latn}\p{sc=Grek}])\p{Mn}+/gu;
const LETTER = /[ßæÆœŒøØđĐðÐþÞłŁħĦıŧŦёЁ]/g;
const ASCII = /^[\0-\x7f]*$/;

/** The word without diacritics: `Zürich` → `Zurich`, `Łódź` → `Lodz`, `Straße` → `Strasse`. */
export function foldDiacritics(word: string): string {
  if (ASCII.test(word)) return word;
  const parted = word.normalize('NFD').replace(MARKS, '$1').normalize('NFC');
  return parted.replace(LETTER, (letter) => LETTERS[letter]!);
}
