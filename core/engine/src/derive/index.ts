export { derive, deriveFromValues } from './derive.ts';
