/**
 * The catalog, alerts and webhooks as functions of AWS Lambda, fed by their queues: what cannot be
 * done now is reported message by message, and only that comes again.
 */
package io.weft.results.lambda;
