export {
  type LambdaHandler,
  type LambdaRequest,
  type LambdaResult,
  lambdaHandler,
} from "./webhooks/adapters/lambda.js";
