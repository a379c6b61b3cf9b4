import { test } from 'node:test';
import { assertResults } from './expression-rows.ts';

const ROOT = '{"s":"cafétéria","e":"a😀b","n":null,"num":12.5,"d":{"$date":0},"list":["x"]}';

test('texts are joined, cut and replaced', () => {
  assertResults(
    ROOT,
    `
    {"$concat":["a","$s"]}                                            | "acafétéria"
    {"$concat":["a","$n"]}                                            | null
    {"$concat":["a",1]}                                               | ! a string
    {"$split":["a-b-c","-"]}                                          | ["a","b","c"]
    {"$split":["abc","-"]}                                            | ["abc"]
    {"$split":["abc",""]}                                             | ! may not be empty
    {"$toUpper":"$s"}                                                 | "CAFéTéRIA"
    {"$toUpper":"$n"}                                                 | ""
    {"$toLower":"$num"}                                               | "12.5"
    {"$toLower":"$d"}                                                 | "1970-01-01t00:00:00.000z"
    {"$toLower":"$list"}                                              | ! a string, a number or a date
    {"$strcasecmp":["abc","ABD"]}                                     | -1
    {"$strcasecmp":["ABC","abc"]}                                     | 0
    {"$replaceOne":{"input":"a.a.a","find":".","replacement":"$num"}} | ! a string
    {"$replaceOne":{"input":"a.a.a","find":".","replacement":"-"}}    | "a-a.a"
    {"$replaceAll":{"input":"a.a.a","find":".","replacement":"-"}}    | "a-a-a"
    {"$replaceAll":{"input":"ab","find":"","replacement":"-"}}        | "-a-b-"
    {"$replaceAll":{"input":"ab","find":"$n","replacement":"-"}}      | null
    {"$trim":{"input":"  \\u00a0x\\t"}}                               | "x"
    {"$ltrim":{"input":"xxyxx","chars":"x"}}                          | "yxx"
    {"$rtrim":{"input":"xxyxx","chars":"x"}}                          | "xxy"
    {"$trim":{"input":"x","chars":null}}                              | null
  `,
  );
});

test('lengths and positions in bytes and in code points', () => {
  assertResults(
    ROOT,
    `
    {"$strLenBytes":"$s"}                  | 11
    {"$strLenCP":"$s"}                     | 9
    {"$strLenCP":"$e"}                     | 3
    {"$strLenCP":"$n"}                     | ! a string
    {"$indexOfBytes":["$s","t"]}           | 5
    {"$indexOfCP":["$s","t"]}              | 4
    {"$indexOfCP":["$e","b"]}              | 2
    {"$indexOfCP":["abcabc","a",1]}        | 3
    {"$indexOfCP":["abcabc","a",1,3]}      | -1
    {"$indexOfCP":["abc","",3]}            | 3
    {"$indexOfCP":["abc","",4]}            | -1
    {"$indexOfCP":["$n","a"]}              | null
    {"$indexOfCP":["abc","a",-1]}          | ! may not be negative
    {"$substrBytes":["$s",0,3]}            | "caf"
    {"$substrBytes":["$s",4,1]}            | ! cut through a character
    {"$substrBytes":["abc",1,-1]}          | "bc"
    {"$substrCP":["$e",1,1]}               | "😀"
    {"$substrCP":["$n",0,1]}               | ""
    {"$substrCP":["abc",5,1]}              | ""
    {"$substr":[2012,0,2]}                 | "20"
    {"$binarySize":"é"}                    | 2
  `,
  );
});

test('regular expressions', () => {
  assertResults(
    ROOT,
    `
    {"$regexFind":{"input":"$s","regex":"t(é)(x)?"}}              | {"match":"té","idx":4,"captures":["é",null]}
    {"$regexFind":{"input":"$s","regex":"z"}}                     | null
    {"$regexFind":{"input":"$n","regex":"z"}}                     | null
    {"$regexFindAll":{"input":"a😀b😀","regex":"😀"}}              | [{"match":"😀","idx":1,"captures":[]},{"match":"😀","idx":3,"captures":[]}]
    {"$regexFindAll":{"input":"$n","regex":"a"}}                  | []
    {"$regexMatch":{"input":"$s","regex":"CAF","options":"i"}}    | true
    {"$regexMatch":{"input":"$s","regex":{"$regularExpression":{"pattern":"CAF","options":"i"}}}} | true
    {"$regexMatch":{"input":"$n","regex":"a"}}                    | false
    {"$regexMatch":{"input":"$s","regex":"$s"}}                   | true
    {"$regexMatch":{"input":"$s","regex":"(?=a)"}}                | ! invalid_regex
    {"$regexMatch":{"input":5,"regex":"a"}}                       | ! a string
    {"$regexMatch":{"input":"a","regex":{"$regularExpression":{"pattern":"a","options":"i"}},"options":"i"}} | ! not in both
  `,
  );
});

test('a text does not grow beyond its limit', () => {
  assertResults(
    '{}',
    `
    {"$strLenBytes":{"$reduce":{"input":{"$range":[0,24]},"initialValue":"x","in":{"$concat":["$$value","$$value"]}}}} | 16777216
    {"$strLenBytes":{"$reduce":{"input":{"$range":[0,25]},"initialValue":"x","in":{"$concat":["$$value","$$value"]}}}} | ! more than 16777216 characters
    {"$size":{"$range":[0,1000001]}}                                                                                   | ! more than 1000000 elements
    {"$size":{"$reduce":{"input":{"$range":[0,30]},"initialValue":[1],"in":{"$concatArrays":["$$value","$$value"]}}}}  | ! more than 1000000 elements
    {"$size":[{"$reduce":{"input":{"$range":[0,90]},"initialValue":[1],"in":["$$value","$$value"]}}]}                  | ! more than 1000000 elements
    {"$size":{"$reduce":{"input":{"$range":[0,200000]},"initialValue":1,"in":["$$value"]}}}                           | ! more than 100 levels
    {"$map":{"input":{"$range":[0,1000]},"in":{"$range":[0,1001]}}}                                                    | ! more than 1000000 elements
    {"$replaceAll":{"input":{"$reduce":{"input":{"$range":[0,20]},"initialValue":"x","in":{"$concat":["$$value","$$value"]}}},"find":"x","replacement":"12345678901234567"}} | ! more than 16777216 characters
  `,
  );
});
