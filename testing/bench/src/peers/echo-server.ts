import fastify from 'fastify';

/** An empty Fastify handler: the ceiling of HTTP. Prints its URL on one line. */
const server = fastify();
server.get('/v1/collections/:collection/documents/:id', (_request, reply) => reply.send('{}'));
console.log(await server.listen({ host: '127.0.0.1', port: 0 }));
