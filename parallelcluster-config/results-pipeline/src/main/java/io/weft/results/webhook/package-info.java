/**
 * Tells subscribers outside of results that are whole: signed as Standard Webhooks says, once for
 * each result and subscriber, never to an address inside.
 */
package io.weft.results.webhook;
