export {
  type FastifyHandler,
  type FastifyReplyLike,
  type FastifyRequestLike,
  fastifyHandler,
  keepRawBody,
} from "./webhooks/adapters/fastify.js";
