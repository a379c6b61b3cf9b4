import { AerolithError } from '@aerolithdb/protocol';

/** `$push of "tags" takes an array in $each.` */
export function invalidChange(operator: string, path: string, what: string): AerolithError {
  return new AerolithError('invalid_update', `${operator} of "${path}" ${what}.`, { operator, path });
}
