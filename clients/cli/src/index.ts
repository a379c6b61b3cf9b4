export { commandDeclarations } from './commands/index.ts';
export { argumentSyntax } from './program/build-program.ts';
export { EXIT } from './program/cli-error.ts';
export * from './program/command-spec.ts';
export { runProgram, type World } from './program/run-program.ts';
export type * from './schema/migration.ts';
