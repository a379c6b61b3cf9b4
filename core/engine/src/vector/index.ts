export { GraphBuilder } from './graph-builder.ts';
