/** Languages by their names and their ISO 639 codes. `none` has neither stems nor stop words. */
const CODES = {
  arabic: 'ar',
  armenian: 'hy',
  danish: 'da',
  dutch: 'nl',
  english: 'en',
  finnish: 'fi',
  french: 'fr',
  german: 'de',
  greek: 'el',
  hindi: 'hi',
  hungarian: 'hu',
  indonesian: 'id',
  irish: 'ga',
  italian: 'it',
  lithuanian: 'lt',
  nepali: 'ne',
  none: 'none',
  norwegian: 'nb',
  portuguese: 'pt',
  romanian: 'ro',
  russian: 'ru',
  serbian: 'sr',
  spanish: 'es',
  swedish: 'sv',
  tamil: 'ta',
  turkish: 'tr',
} as const;

export type LanguageName = keyof typeof CODES;

export const LANGUAGE_NAMES = Object.keys(CODES) as readonly LanguageName[];

const BY_WORD: ReadonlyMap<string, LanguageName> = new Map(
  LANGUAGE_NAMES.flatMap((name) => [[name, name] as const, [CODES[name], name] as const]),
);

/** The language with this name or code, in any case; undefined when there is none. */
export function languageNamed(word: string): LanguageName | undefined {
  return BY_WORD.get(word.toLowerCase());
}

export function languageCode(name: LanguageName): string {
  return CODES[name];
}
