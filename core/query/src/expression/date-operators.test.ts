import { test } from 'node:test';
import { assertResults } from './expression-rows.ts';

/** Of summer time in New York, to noon there on a Monday. */
const ROOT =
  '{"d":{"$date":"2017-06-19T15:08:51.291Z"},"n":null,"id":{"$oid":"5a5e5c000000000000000000"},"ts":{"$timestamp":{"t":1500000000,"i":7}},"s":"2017-02-08T12:10:40.787Z"}';

test('parts of dates, in UTC and elsewhere', () => {
  assertResults(
    ROOT,
    `
    {"$year":"$d"}                                                    | 2017
    {"$month":["$d"]}                                                 | 6
    {"$dayOfMonth":{"date":"$d","timezone":"Asia/Tokyo"}}             | 20
    {"$hour":{"date":"$d","timezone":"America/New_York"}}             | 11
    {"$hour":{"date":"$d","timezone":"-03:30"}}                       | 11
    {"$minute":"$d"}                                                  | 8
    {"$second":"$d"}                                                  | 51
    {"$millisecond":"$d"}                                             | 291
    {"$dayOfYear":"$d"}                                               | 170
    {"$dayOfWeek":"$d"}                                               | 2
    {"$week":"$d"}                                                    | 25
    {"$week":{"$date":"2017-01-01T00:00:00Z"}}                        | 1
    {"$week":{"$date":"2016-01-01T00:00:00Z"}}                        | 0
    {"$isoDayOfWeek":"$d"}                                            | 1
    {"$isoWeek":{"$date":"2017-01-01T00:00:00Z"}}                     | 52
    {"$isoWeekYear":{"$date":"2017-01-01T00:00:00Z"}}                 | {"$numberLong":"2016"}
    {"$year":"$id"}                                                   | 2018
    {"$year":"$ts"}                                                   | 2017
    {"$year":"$n"}                                                    | null
    {"$year":{"date":"$d","timezone":null}}                           | null
    {"$year":"$s"}                                                    | ! a date, timestamp or ObjectId
    {"$year":{"date":"$d","timezone":"Europe/Osloo"}}                 | ! no time zone "Europe/Osloo"
    {"$year":{"$date":-62198755200000}}                               | -1
    {"$dateToParts":{"date":"$d"}}                                    | {"year":2017,"month":6,"day":19,"hour":15,"minute":8,"second":51,"millisecond":291}
    {"$dateToParts":{"date":"$d","iso8601":true}}                     | {"isoWeekYear":2017,"isoWeek":25,"isoDayOfWeek":1,"hour":15,"minute":8,"second":51,"millisecond":291}
    {"$dateFromParts":{"year":2017,"month":2,"day":8,"hour":12}}      | {"$date":1486555200000}
    {"$dateFromParts":{"year":2017,"month":14,"day":0}}               | {"$date":1517356800000}
    {"$dateFromParts":{"isoWeekYear":2017,"isoWeek":6,"isoDayOfWeek":3,"hour":12}} | {"$date":1486555200000}
    {"$dateFromParts":{"year":2016,"month":12,"day":31,"timezone":"America/New_York"}} | {"$date":1483160400000}
    {"$dateFromParts":{"year":2016,"month":null}}                     | null
    {"$dateFromParts":{"year":2016,"isoWeek":1}}                      | ! cannot take "isoWeek" with "year"
    {"$dateFromParts":{"year":0}}                                     | ! 1 to 9999
    {"$dateFromParts":{"year":2000,"month":40000}}                    | ! -32768 to 32767
    {"$dateFromParts":{"month":1}}                                    | ! either "year" or "isoWeekYear"
  `,
  );
});

test('dates as text and texts as dates', () => {
  assertResults(
    ROOT,
    `
    {"$dateToString":{"date":"$d"}}                                   | "2017-06-19T15:08:51.291Z"
    {"$dateToString":{"date":"$d","timezone":"Europe/Oslo"}}          | "2017-06-19T17:08:51.291"
    {"$dateToString":{"date":"$d","format":"%d/%m/%Y %H:%M:%S.%L"}}   | "19/06/2017 15:08:51.291"
    {"$dateToString":{"date":"$d","format":"%G-W%V-%u %j %U %w %b %B %%"}} | "2017-W25-1 170 25 2 Jun June %"
    {"$dateToString":{"date":"$d","format":"%z %Z","timezone":"-03:30"}} | "-0330 -210"
    {"$dateToString":{"date":"$d","format":"%q"}}                     | ! has %q
    {"$dateToString":{"date":"$d","format":"%"}}                      | ! has %
    {"$dateToString":{"date":"$n"}}                                   | null
    {"$dateToString":{"date":"$n","onNull":"none"}}                   | "none"
    {"$dateToString":{"date":{"$date":{"$numberLong":"253402300800000"}}}} | ! 0 to 9999
    {"$dateFromString":{"dateString":"$s"}}                           | {"$date":1486555840787}
    {"$dateFromString":{"dateString":"2017-02-08"}}                   | {"$date":1486512000000}
    {"$dateFromString":{"dateString":"2017-02-08T12:10:40.787","timezone":"America/New_York"}} | {"$date":1486573840787}
    {"$dateFromString":{"dateString":"2017-02-08T12:10:40+01:00"}}    | {"$date":1486552240000}
    {"$dateFromString":{"dateString":"2017-02-08T12:10:40Z","timezone":"UTC"}} | ! not in both
    {"$dateFromString":{"dateString":"06-15-2018","format":"%m-%d-%Y"}} | {"$date":1529020800000}
    {"$dateFromString":{"dateString":"15 Jun 2018 -0330","format":"%d %b %Y %z"}} | {"$date":1529033400000}
    {"$dateFromString":{"dateString":"2018 100","format":"%Y %j"}}    | {"$date":1523318400000}
    {"$dateFromString":{"dateString":"2018-02-30","format":"%Y-%m-%d"}} | ! reads no date
    {"$dateFromString":{"dateString":"x","onError":"bad"}}            | "bad"
    {"$dateFromString":{"dateString":5,"onError":"bad"}}              | "bad"
    {"$dateFromString":{"dateString":null,"onNull":"none"}}           | "none"
    {"$dateFromString":{"dateString":"1","format":"%d%d%d"}}          | ! %d twice
  `,
  );
});

test('the arithmetic of dates', () => {
  assertResults(
    ROOT,
    `
    {"$dateAdd":{"startDate":{"$date":"2020-10-31T12:10:05Z"},"unit":"month","amount":1}}          | {"$date":1606738205000}
    {"$dateAdd":{"startDate":{"$date":"2020-02-29T00:00:00Z"},"unit":"year","amount":1}}           | {"$date":1614470400000}
    {"$dateSubtract":{"startDate":{"$date":"2021-01-31T00:00:00Z"},"unit":"quarter","amount":1}}   | {"$date":1604102400000}
    {"$dateAdd":{"startDate":{"$date":"2021-03-13T12:00:00Z"},"unit":"day","amount":1,"timezone":"America/New_York"}}   | {"$date":1615719600000}
    {"$dateAdd":{"startDate":{"$date":"2021-03-13T12:00:00Z"},"unit":"hour","amount":24,"timezone":"America/New_York"}} | {"$date":1615723200000}
    {"$dateAdd":{"startDate":"$d","unit":"week","amount":1.5}}                                      | ! a whole number
    {"$dateAdd":{"startDate":"$d","unit":"weeks","amount":1}}                                       | ! did you mean "week"
    {"$dateAdd":{"startDate":"$d","unit":"year","amount":9000000000000000}}                         | ! 100,000,000 days
    {"$dateAdd":{"startDate":"$n","unit":"year","amount":1}}                                        | null
    {"$dateDiff":{"startDate":{"$date":"2020-12-31T23:59:59Z"},"endDate":{"$date":"2021-01-01T00:00:00Z"},"unit":"year"}} | {"$numberLong":"1"}
    {"$dateDiff":{"startDate":{"$date":"2021-01-02T00:00:00Z"},"endDate":{"$date":"2021-01-03T00:00:00Z"},"unit":"week"}} | {"$numberLong":"1"}
    {"$dateDiff":{"startDate":{"$date":"2021-01-02T00:00:00Z"},"endDate":{"$date":"2021-01-03T00:00:00Z"},"unit":"week","startOfWeek":"Mon"}} | {"$numberLong":"0"}
    {"$dateDiff":{"startDate":{"$date":"2021-03-13T12:00:00Z"},"endDate":{"$date":"2021-03-14T12:00:00Z"},"unit":"hour","timezone":"America/New_York"}} | {"$numberLong":"24"}
    {"$dateDiff":{"startDate":{"$date":"2021-01-01T10:20:00Z"},"endDate":{"$date":"2021-01-01T10:40:00Z"},"unit":"hour","timezone":"Asia/Kolkata"}} | {"$numberLong":"1"}
    {"$dateDiff":{"startDate":"$d","endDate":{"$date":"2017-06-18T00:00:00Z"},"unit":"day"}}        | {"$numberLong":"-1"}
    {"$dateTrunc":{"date":"$d","unit":"day","timezone":"America/New_York"}}                         | {"$date":1497844800000}
    {"$dateTrunc":{"date":{"$date":"2021-03-20T11:30:05Z"},"unit":"week","binSize":2,"timezone":"America/Los_Angeles","startOfWeek":"Monday"}} | {"$date":1615791600000}
    {"$dateTrunc":{"date":"$d","unit":"hour","binSize":6}}                                          | {"$date":1497873600000}
    {"$dateTrunc":{"date":"$d","unit":"quarter","binSize":2}}                                       | {"$date":1483228800000}
    {"$dateTrunc":{"date":{"$date":"1999-12-31T00:00:00Z"},"unit":"year","binSize":5}}              | {"$date":788918400000}
    {"$dateTrunc":{"date":"$d","unit":"day","binSize":0}}                                           | ! "binSize"
    {"$dateTrunc":{"date":"$d","unit":"week","startOfWeek":"xyz"}}                                  | ! a day of the week
  `,
  );
});
