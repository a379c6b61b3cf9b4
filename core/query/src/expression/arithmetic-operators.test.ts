import { test } from 'node:test';
import { assertResults } from './expression-rows.ts';

const ROOT =
  '{"i":7,"l":{"$numberLong":"7"},"d":2.5,"m":{"$numberDecimal":"2.50"},"n":null,"s":"x","t":{"$date":1000},"big":9223372036854775807}';

test('sums, differences and products take the widest type', () => {
  assertResults(
    ROOT,
    `
    {"$add":["$i","$i"]}              | 14
    {"$add":["$i","$l"]}              | {"$numberLong":"14"}
    {"$add":["$i","$d"]}              | 9.5
    {"$add":["$d","$m"]}              | {"$numberDecimal":"5.00"}
    {"$add":[]}                       | 0
    {"$add":["$i","$n"]}              | null
    {"$add":["$i","$nothing"]}        | null
    {"$add":["$i","$s"]}              | ! numbers or a date
    {"$add":["$t",5,1.6]}             | {"$date":1007}
    {"$add":["$t","$t"]}              | ! one date at most
    {"$add":["$big",1]}               | 9223372036854776000.0
    {"$add":[2147483647,1]}           | 2147483648
    {"$subtract":["$i",10]}           | -3
    {"$subtract":["$t",1]}            | {"$date":999}
    {"$subtract":["$t",{"$date":1}]}  | {"$numberLong":"999"}
    {"$subtract":[1,"$t"]}            | ! a number
    {"$subtract":[-2147483648,1]}     | -2147483649
    {"$multiply":["$i","$d"]}         | 17.5
    {"$multiply":["$big",2]}          | 18446744073709552000.0
    {"$multiply":["$m","$m"]}         | {"$numberDecimal":"6.2500"}
    {"$abs":-2147483648}              | 2147483648
    {"$abs":-9223372036854775808}     | ! outside of int64
    {"$abs":{"$numberDecimal":"-1"}}  | {"$numberDecimal":"1"}
  `,
  );
});

test('quotients are doubles or decimals, remainders have the sign of the dividend', () => {
  assertResults(
    ROOT,
    `
    {"$divide":[6,3]}                                             | 2.0
    {"$divide":["$i",0]}                                          | ! divide by zero
    {"$divide":["$i",{"$numberDecimal":"0"}]}                     | ! divide by zero
    {"$divide":[{"$numberDecimal":"1"},3]}                        | {"$numberDecimal":"0.3333333333333333333333333333333333"}
    {"$divide":[{"$numberDecimal":"10"},4]}                       | {"$numberDecimal":"2.5"}
    {"$divide":[{"$numberDecimal":"6"},2]}                        | {"$numberDecimal":"3"}
    {"$divide":[1,{"$numberDecimal":"Infinity"}]}                 | {"$numberDecimal":"0"}
    {"$mod":[-7,3]}                                               | -1
    {"$mod":["$l",4]}                                             | {"$numberLong":"3"}
    {"$mod":[7.5,2]}                                              | 1.5
    {"$mod":[{"$numberDecimal":"7.5"},-2]}                        | {"$numberDecimal":"1.5"}
    {"$mod":[1,0]}                                                | ! divide by zero
    {"$mod":["$n",0]}                                             | null
  `,
  );
});

test('rounding is half to even, by the exact value', () => {
  assertResults(
    ROOT,
    `
    {"$round":2.5}                                    | 2.0
    {"$round":3.5}                                    | 4.0
    {"$round":[2.675,2]}                              | 2.67
    {"$round":[1234.5678,-2]}                         | 1200.0
    {"$round":[1250,-2]}                              | 1200
    {"$round":[1350,-2]}                              | 1400
    {"$round":[2147483647,-1]}                        | 2147483650
    {"$round":["$big",-1]}                            | ! outside of int64
    {"$round":[{"$numberDecimal":"2.345"},2]}         | {"$numberDecimal":"2.34"}
    {"$round":[{"$numberDecimal":"-0.5"}]}            | {"$numberDecimal":"-0"}
    {"$round":[1.5,101]}                              | ! places
    {"$trunc":[-7.89,1]}                              | -7.8
    {"$trunc":[-1299,-2]}                             | -1200
    {"$trunc":[null,1]}                               | null
    {"$ceil":7.2}                                     | 8.0
    {"$ceil":-7.2}                                    | -7.0
    {"$ceil":"$i"}                                    | 7
    {"$floor":-7.2}                                   | -8.0
    {"$floor":{"$numberDecimal":"-7.2"}}              | {"$numberDecimal":"-8"}
    {"$floor":"$nothing"}                             | null
  `,
  );
});

test('powers, roots and logarithms', () => {
  assertResults(
    ROOT,
    `
    {"$pow":[2,10]}                        | 1024
    {"$pow":[2,31]}                        | 2147483648
    {"$pow":[{"$numberLong":"2"},3]}       | {"$numberLong":"8"}
    {"$pow":[2,64]}                        | 18446744073709552000.0
    {"$pow":[2,-1]}                        | 0.5
    {"$pow":[-1,1001]}                     | -1
    {"$pow":[0,0]}                         | 1
    {"$pow":[0,-1]}                        | ! negative exponent
    {"$pow":[2,0.5]}                       | 1.4142135623730951
    {"$sqrt":16}                           | 4.0
    {"$sqrt":-1}                           | ! not negative
    {"$ln":1}                              | 0.0
    {"$ln":0}                              | ! positive
    {"$log10":1000}                        | 3.0
    {"$log":[8,2]}                         | 3.0
    {"$log":[8,1]}                         | ! may not be 1
    {"$exp":0}                             | 1.0
  `,
  );
});

test('bits', () => {
  assertResults(
    ROOT,
    `
    {"$bitAnd":[6,3]}                      | 2
    {"$bitOr":[6,{"$numberLong":"9"}]}     | {"$numberLong":"15"}
    {"$bitXor":[6,3]}                      | 5
    {"$bitNot":0}                          | -1
    {"$bitAnd":[1,"$n"]}                   | null
    {"$bitAnd":[1,1.5]}                    | ! an int or a long
  `,
  );
});
