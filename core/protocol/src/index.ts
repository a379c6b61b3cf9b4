export * from './aerolith-error.ts';
export * from './block.ts';
export * from './command.ts';
export * from './error-catalogue.ts';
export * from './limits.ts';
export * from './position.ts';
export * from './read-request.ts';
export * from './value.ts';
