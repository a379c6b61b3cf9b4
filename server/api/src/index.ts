export { ALL_ENDPOINTS } from './rest/all-endpoints.ts';
export { type DoorMemory, doorMemory } from './rest/door-memory.ts';
export type { Description, Endpoint, Method, Tag } from './rest/endpoint.ts';
export { endpointErrors } from './rest/endpoint-errors.ts';
export { REST_LIMITS, type RestLimits } from './rest/limits.ts';
export { headerName, openApiDocument, openApiText } from './rest/openapi-document.ts';
export { type RestOptions, RestServer } from './rest/rest-server.ts';
export { resetCounts } from './rest/shared-count.ts';
