export * from './decide.ts';
export * from './principal.ts';
export * from './role-table.ts';
