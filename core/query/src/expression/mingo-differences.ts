/**
 * Where the last version of mingo that was tried differs from MongoDB, whose manual (docs of version 8, page of the operator) decides:
 * `expression | ours | mingo's | why`.
 */
export const DIFFERENCES = `
  {"$round":[16,-1]}                             | 20 | 10 | manual: rounds "using the digit <place> to the left of the decimal"
  {"$round":[-6.75,1]}                           | -6.8 | -6.7 | manual: "When rounding on a value of 5, $round rounds to the nearest even value"
  {"$lt":["$n",1]}                               | true | false | manual: "compares both value and type, using the specified BSON comparison order"
  {"$gt":["a",1]}                                | true | false | the same
  {"$eq":["$nothing",null]}                      | false | true | the same; a missing value is no null
  {"$eq":[[["x"]],["x"]]}                        | false | true | the same; equality of expressions does not look into arrays
  {"$not":[""]}                                  | false | true | manual: false, null, 0 and undefined count as false, all other values as true
  {"$toUpper":"é"}                               | "é" | "É" | manual: "only has a well-defined behavior for strings of ASCII characters"; we change no others
  {"$toLower":"$n"}                              | "" | null | manual: "If the argument resolves to null, $toLower returns an empty string"
  {"$strcasecmp":["","$n"]}                      | 0 | refused | null counts as the empty string
  {"$strcasecmp":["a","_"]}                      | -1 | 1 | both are compared in upper case, and A is below _
  {"$indexOfBytes":["日x","x"]}                   | 3 | 1 | manual: "UTF-8 byte index"
  {"$type":[""]}                                 | "string" | "array" | an array of one argument is that argument
  {"$isNumber":[16]}                             | true | false | the same
  {"$mod":["$n",5]}                              | null | refused | null in, null out
  {"$slice":["$n",2]}                            | null | refused | the same
  {"$setUnion":["$n",[]]}                        | null | refused | the same
  {"$year":"$n"}                                 | null | refused | the same
  {"$setIntersection":[[1,1]]}                   | [1] | [1,1] | manual: "filters out duplicates in its result to output an array that contain only unique entries"
  {"$week":"$t"}                                 | 8 | 9 | manual: "Weeks begin on Sundays, and week 1 begins with the first Sunday of the year"
  {"$dateTrunc":{"date":{"$date":0},"unit":"month"}} | {"$date":0} | {"$date":31536000000} | the month that the date is in begins then
  {"$dateAdd":{"startDate":"$t","unit":"year","amount":2}} | {"$date":1646051415250} | {"$date":1646137815250} | a month without that day gives its last
  {"$dateToParts":{"date":{"$date":0}}}          | {"year":1970,"month":1,"day":1,"hour":0,"minute":0,"second":0,"millisecond":0} | {"hour":0,"minute":0,"second":0,"millisecond":0,"year":1970,"month":1,"day":1} | order of the fields in the manual
  {"$indexOfCP":["abc","b"]}                     | 1 | refused | mingo lacks it
  {"$objectToArray":{"p":"$nothing"}}            | [] | [{"k":"p"}] | a missing value leaves no field
`;
