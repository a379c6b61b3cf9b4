export { Engine, type EngineOptions } from './engine.ts';
export { syncFailure } from './storage-fault.ts';
