import { stemmer as arabic } from '@orama/stemmers/arabic';
import { stemmer as armenian } from '@orama/stemmers/armenian';
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as greek } from '@orama/stemmers/greek';
import { stemmer as hungarian } from '@orama/stemmers/hungarian';
import { stemmer as hindi } from '@orama/stemmers/indian';
import { stemmer as indonesian } from '@orama/stemmers/indonesian';
import { stemmer as irish } from '@orama/stemmers/irish';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as lithuanian } from '@orama/stemmers/lithuanian';
import { stemmer as nepali } from '@orama/stemmers/nepali';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as romanian } from '@orama/stemmers/romanian';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as serbian } from '@orama/stemmers/serbian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stemmer as tamil } from '@orama/stemmers/tamil';
import { stemmer as turkish } from '@orama/stemmers/turkish';
import { stopwords as arabicStops } from '@orama/stopwords/arabic';
import { stopwords as armenianStops } from '@orama/stopwords/armenian';
import { stopwords as danishStops } from '@orama/stopwords/danish';
import { stopwords as dutchStops } from '@orama/stopwords/dutch';
import { stopwords as englishStops } from '@orama/stopwords/english';
import { stopwords as finnishStops } from '@orama/stopwords/finnish';
import { stopwords as frenchStops } from '@orama/stopwords/french';
import { stopwords as germanStops } from '@orama/stopwords/german';
import { stopwords as greekStops } from '@orama/stopwords/greek';
import { stopwords as hungarianStops } from '@orama/stopwords/hungarian';
import { stopwords as hindiStops } from '@orama/stopwords/indian';
import { stopwords as indonesianStops } from '@orama/stopwords/indonesian';
import { stopwords as irishStops } from '@orama/stopwords/irish';
import { stopwords as italianStops } from '@orama/stopwords/italian';
import { stopwords as lithuanianStops } from '@orama/stopwords/lithuanian';
import { stopwords as nepaliStops } from '@orama/stopwords/nepali';
import { stopwords as norwegianStops } from '@orama/stopwords/norwegian';
import { stopwords as portugueseStops } from '@orama/stopwords/portuguese';
import { stopwords as romanianStops } from '@orama/stopwords/romanian';
import { stopwords as russianStops } from '@orama/stopwords/russian';
import { stopwords as serbianStops } from '@orama/stopwords/serbian';
import { stopwords as spanishStops } from '@orama/stopwords/spanish';
import { stopwords as swedishStops } from '@orama/stopwords/swedish';
import { stopwords as tamilStops } from '@orama/stopwords/tamil';
import { stopwords as turkishStops } from '@orama/stopwords/turkish';
import english from 'wink-porter2-stemmer';
import type { LanguageName } from './language-names.ts';

/** How words of a language become stems, and which of them say nothing. */
export type Language = { readonly stem: (word: string) => string; readonly stopWords: ReadonlySet<string> };

/**
 * The stemmers are those of Snowball 2.2 (https://snowballstem.org), letter by letter; a test holds them to recorded stems of the C
 * library.
 */
export const LANGUAGES: Readonly<Record<LanguageName, Language>> = {
  arabic: { stem: arabic, stopWords: new Set(arabicStops) },
  armenian: { stem: armenian, stopWords: new Set(armenianStops) },
  danish: { stem: danish, stopWords: new Set(danishStops) },
  dutch: { stem: dutch, stopWords: new Set(dutchStops) },
  english: { stem: english, stopWords: new Set(englishStops) },
  finnish: { stem: finnish, stopWords: new Set(finnishStops) },
  french: { stem: french, stopWords: new Set(frenchStops) },
  german: { stem: german, stopWords: new Set(germanStops) },
  greek: { stem: greek, stopWords: new Set(greekStops) },
  hindi: { stem: hindi, stopWords: new Set(hindiStops) },
  hungarian: { stem: hungarian, stopWords: new Set(hungarianStops) },
  indonesian: { stem: indonesian, stopWords: new Set(indonesianStops) },
  irish: { stem: irish, stopWords: new Set(irishStops) },
  italian: { stem: italian, stopWords: new Set(italianStops) },
  lithuanian: { stem: lithuanian, stopWords: new Set(lithuanianStops) },
  nepali: { stem: nepali, stopWords: new Set(nepaliStops) },
  none: { stem: (word) => word, stopWords: new Set() },
  norwegian: { stem: norwegian, stopWords: new Set(norwegianStops) },
  portuguese: { stem: portuguese, stopWords: new Set(portugueseStops) },
  romanian: { stem: romanian, stopWords: new Set(romanianStops) },
  russian: { stem: russian, stopWords: new Set(russianStops) },
  serbian: { stem: serbian, stopWords: new Set(serbianStops) },
  spanish: { stem: spanish, stopWords: new Set(spanishStops) },
  swedish: { stem: swedish, stopWords: new Set(swedishStops) },
  tamil: { stem: tamil, stopWords: new Set(tamilStops) },
  turkish: { stem: turkish, stopWords: new Set(turkishStops) },
};
